from django.urls import include, path

from library.views import about, law, search

law_pages = [
    path("", law.contents, name="contents"),
    path("chapters/<str:number>", law.chapter, name="chapter"),
    path("duties/<str:duty_id>", law.duty, name="duty"),
    path("rules/<str:rule_id>", law.rule, name="rule"),
    path("questions/<str:question_id>", law.question, name="question"),
    path("provisions/<str:slug>", law.provision, name="provision"),
    path("glossary", law.glossary, name="glossary"),
]
urlpatterns = [
    path("law/", include((law_pages, "law"), namespace="law")),
    path("search/", search.search, name="search"),
    path("help", about.help_page, name="help"),
    path("about", about.about, name="about"),
    path("accessibility", about.accessibility, name="accessibility"),
]
