"""Somebody at a browser, with methods named by what people do, so that a journey is a story.

Pages are found by addresses and names of fields, which no language and no better wording changes.
"""

import re
from itertools import count
from urllib.parse import urlsplit

import pypdf
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import expect

PASSWORD = "a fine passphrase for a journey"
OF_A_ROW = re.compile(r"/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}")
A_USE = re.compile(r"/uses/[0-9a-f-]{36}/")
A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
QUESTION = re.compile(r"/questions/([a-z0-9_]+)/$")
# More than any use has; a circle of questions ends here.
MOST_QUESTIONS = 60
# Everybody in a run has an address of their own.
NUMBERS = count(1)
# However slow the machine is on which a worker sets the pages.
A_REPORT_MS = 120_000


class Person:
    """``met`` holds every address that names a row, as method and path, in the order of meeting."""

    def __init__(self, page, url, *, name, language="en", password=PASSWORD):
        self.page, self.url = page, url
        self.name, self.language, self.password = name, language, password
        self.email = f"{name.lower()}.{next(NUMBERS)}@example.org"
        self.met = {}
        page.on("request", self._remember)

    def _remember(self, request):
        path = urlsplit(request.url).path
        if OF_A_ROW.search(path):
            self.met[request.method, path] = None

    # --- Moving about ----------------------------------------------------------------------------

    def opens(self, path):
        self.page.goto(path if path.startswith("http") else f"{self.url}{path}")

    def presses(self, what):
        """Presses it and waits for the page it leads to."""
        with self.page.expect_navigation():
            what.click()

    def follows(self, ending):
        self.presses(self.page.locator(f"main a[href$='{ending}']").first)

    def posts(self, ending, **fields):
        """Fills the form that posts there and sends it."""
        self.fills(form := self.page.locator(f"form[action$='{ending}']").first, **fields)
        self.presses(form.locator("[type=submit]").first)

    def sends(self, **fields):
        """Fills the form of the page and sends it."""
        self.fills(form := self.page.locator("main form.app-form").first, **fields)
        self.presses(form.locator(".app-actions [type=submit]").first)

    def fills(self, form, **fields):
        for name, value in fields.items():
            if isinstance(value, bool):
                form.locator(f"[name={name}]").set_checked(value)
            elif isinstance(value, list):
                for one in value:
                    form.locator(f"[name={name}][value='{one}']").check()
            else:
                form.locator(f"[name={name}]").fill(value)

    def sees(self, *texts):
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def sees_nothing_of(self, *texts):
        for text in texts:
            expect(self.page.locator("body")).not_to_contain_text(text)

    def reads(self, english):
        """Sees the product's own words in the person's language."""
        self.sees(in_words(english, self.language))

    @property
    def path(self):
        return urlsplit(self.page.url).path

    # --- Coming in -------------------------------------------------------------------------------

    def chooses_a_password(self, link):
        self.opens(link)
        self.sends(password1=self.password, password2=self.password)

    def signs_in(self, email=""):
        self.opens("/account/login/")
        self.sends(login=email or self.email, password=self.password)
        expect(self.page).to_have_url(re.compile("/uses/$"))

    def invites(self, person, *roles):
        """The link, which an installation that sends no mail shows to whoever invites."""
        self.opens("/organisation/invitations/new")
        self.sends(email=person.email, roles=list(roles), language=[person.language])
        told = self.page.locator("main").inner_text()
        return re.search(r"http\S+/invitation/[\w:.-]+", told)[0]

    def joins(self, link):
        """As a newcomer, who has no account."""
        self.opens(link)
        self.sends(name=self.name, password1=self.password, password2=self.password)
        expect(self.page).to_have_url(re.compile("/uses/$"))

    def joins_as_well(self, link):
        """With the account that is signed in."""
        self.opens(link)
        self.presses(self.page.locator("main form [type=submit]").first)
        expect(self.page).to_have_url(re.compile("/uses/$"))

    def changes_organisation_in_the_menu(self):
        """To the other one of two."""
        self.page.locator(".app-account__summary").click()
        self.presses(self.page.locator(".app-account [name=organisation]").first)

    def gives_roles(self, *roles):
        """To themselves, as the administrator who so far may only invite."""
        self.opens("/organisation/people")
        self.presses(self.page.locator("main tbody a[href*='/organisation/people/']").first)
        self.sends(roles=["admin", *roles])

    # --- Registering and answering ---------------------------------------------------------------

    def registers_a_use(self, name, *, system, supplier=""):
        """The address of the use."""
        self.opens("/uses/register")
        self.sends(
            name=name, purpose=f"{name}, as a sentence says it.", unit="Team",
            new_system=system, supplier_name=supplier,
        )  # fmt: skip
        expect(self.page).to_have_url(A_USE)
        return A_USE.search(self.path)[0]

    def answers_everything(self, use, answers):
        """From the result to the last question; what ``answers`` lacks is not known."""
        self.opens(f"{use}assessment/")
        self.presses(self.page.locator("main .app-actions--tasks a[href*='/questions/']"))
        asked = []
        while question := QUESTION.search(self.path):
            asked.append(question[1])
            assert len(asked) <= MOST_QUESTIONS, asked
            self.answers(answers.get(question[1]))
        expect(self.page).to_have_url(re.compile("/assessment/answers$"))
        return asked

    def answers(self, value, note=""):
        """The question of the present page, and goes on to the next one."""
        form = self.page.locator("form#answer")
        if isinstance(value, str) and A_DAY.fullmatch(value):
            year, month, day = value.split("-")
            self.fills(form, day=day, month=month, year=year)
        else:
            for token in ticked(value):
                form.locator(f"[name=value][value='{token}']").check()
        if note:
            form.locator("[name=note]").fill(note)
        self.presses(form.locator(".app-actions [type=submit]").first)
        if self.path.endswith("/changed"):
            self.presses(self.page.locator("main .app-actions a.app-button"))

    def changes_an_answer(self, use, question, value, note=""):
        self.opens(f"{use}questions/{question}/")
        form = self.page.locator("form#answer")
        for other in form.locator("[name=value][type=checkbox]:checked").all():
            other.uncheck()
        self.answers(value, note)

    # --- Judging ---------------------------------------------------------------------------------

    def signs(self, ending="", **fields):
        """Sends a form that asks for the password first, where it has not just been given."""
        if ending:
            self.posts(ending, **fields)
        else:
            self.sends(**fields)
        if "/reauthenticate/" in self.path:
            self.sends(password=self.password)

    def confirms_the_password(self):
        """Before it is asked for."""
        self.opens("/account/reauthenticate/")
        self.sends(password=self.password)

    # --- Reports ---------------------------------------------------------------------------------

    def asks_for_a_report(self, language):
        """The text of the PDF, once a worker has made it and it lies on one's disk."""
        form = self.page.locator("form[action$='/reports/request']")
        form.locator("[name=language]").select_option(language)
        self.presses(form.locator("[type=submit]"))
        link = self.page.locator("main a[download]")
        expect(link).to_be_visible(timeout=A_REPORT_MS)
        with self.page.expect_download() as started:
            link.click()
        assert started.value.suggested_filename.endswith(f"-{language}.pdf")
        # The browser does not tell of it as of other requests.
        self.met["GET", urlsplit(started.value.url).path] = None
        return read_pdf(started.value.path())

    # --- Trying what is not allowed --------------------------------------------------------------

    def tries(self, method, path, **fields):
        """The answer to a request that no page offers to this person."""
        token = self.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
        form = {"csrfmiddlewaretoken": token, **fields} if method == "POST" else None
        return self.page.request.fetch(
            f"{self.url}{path}", method=method, form=form, max_redirects=0
        )

    def finds_nothing_at(self, met):
        """Whatever others met on their way, by reading or by sending, is not there."""
        self.opens("/uses/")
        found = {where: self.tries(*where).status for where in met}
        assert found
        assert set(found.values()) == {404}, {w: s for w, s in found.items() if s != 404}


def ticked(value):
    """The values of the controls that stand for an answer, as a file of a use writes it."""
    if value is None or value == "unknown":
        return ["unknown"]
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, list):
        return value or ["none"]
    return [str(value)]


def in_words(english, language):
    with translation.override(language):
        return gettext(english)


def read_pdf(path):
    """The text of a document, without line ends and the hyphens that setting puts there."""
    pages = pypdf.PdfReader(path).pages
    return squeezed(" ".join(page.extract_text() for page in pages))


def squeezed(text):
    return re.sub(r"[\s\u00ad-]+", "", text)
