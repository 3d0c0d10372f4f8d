"""A lost password or second factor: started by one, confirmed by another, used by whom it is for."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from amparo.common.errors import Invalid
from amparo.interfaces.office.organisation.views import ask, both, say
from amparo.interfaces.office.request import DeskRequest
from amparo.organisation import queries as organisation
from amparo.organisation.renewals import actions, queries

KNOWN_BY = {
    "in_person": gettext_lazy("They stand before me"),
    "identity_card": gettext_lazy("They stand before me and showed an identity card"),
    "known_voice": gettext_lazy("I know their voice, and called the number that the agency has"),
}


class AskForm(forms.Form):
    """What was lost, and how the person was recognised."""

    known_by = forms.ChoiceField(
        label=gettext_lazy("How did you recognise this person?"), choices=list(KNOWN_BY.items()),
        widget=forms.RadioSelect,
    )  # fmt: skip
    factor = forms.BooleanField(
        label=gettext_lazy("The second factor is lost too"), required=False,
        help_text=gettext_lazy("It will be set anew at the next sign-in. Recovery codes may spare this."),
    )  # fmt: skip


class ConfirmForm(forms.Form):
    """The second person's word."""

    known = forms.BooleanField(label=gettext_lazy("I recognised this person too, and not by a message"))


class RenewForm(forms.Form):
    """Both parts of the code, and a password that nobody else has seen."""

    username = forms.CharField(label=gettext_lazy("Name to sign in with"), max_length=60)
    first = forms.CharField(label=gettext_lazy("First part of the code"), max_length=20)
    second = forms.CharField(label=gettext_lazy("Second part of the code"), max_length=20)
    password = forms.CharField(
        label=gettext_lazy("New password"), max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("Twelve signs or more, of any kind."),
    )  # fmt: skip
    again = forms.CharField(
        label=gettext_lazy("New password again"), max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("The two passwords are not the same."))
        return again


@require_safe
def renewals(request: DeskRequest) -> HttpResponse:
    """Those that wait for a second person, or for their own."""
    shown = {"renewals": queries.renewals(by=request.actor), "me_id": request.actor.id}
    return render(request, "office/organisation/renewals.html", shown)


@both
def start(request: DeskRequest, agency: UUID, id: UUID) -> HttpResponse:
    """Start one; the first part of the code is shown once, on the answer to this form."""
    person = organisation.person(by=request.actor, id=id)
    of = organisation.agency(by=request.actor, id=agency)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _made, half = actions.ask(by=request.actor, person=person, agency=of, **form.cleaned_data)
            return _half(request, person.name, half, first=True)
        except Invalid as invalid:
            say(form, invalid)
    return ask(request, form, _("Renew the sign-in of {name}").format(name=person.name))


@both
def confirm(request: DeskRequest, id: UUID) -> HttpResponse:
    """Confirm one; the second part of the code is shown once."""
    found = queries.renewal(by=request.actor, id=id)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        half = actions.confirm(by=request.actor, renewal=found)
        return _half(request, found.person.name, half, first=False)
    return ask(request, form, _("Confirm the renewal for {name}").format(name=found.person.name))


@sensitive_post_parameters()
@both
def renew(request: HttpRequest) -> HttpResponse:
    """Choose a new password with both parts of the code; then sign in as always."""
    form = RenewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("username", "first", "second", "password")}
        try:
            actions.use(**given)
            messages.success(request, _("Your password is new. Sign in with it."))
            return redirect("account_login")
        except Invalid as invalid:
            say(form, invalid)
    return render(request, "office/organisation/renew.html", {"form": form}, status=422 if form.is_bound else 200)


def _half(request: DeskRequest, name: str, half: str, *, first: bool) -> HttpResponse:
    return render(request, "office/organisation/half.html", {"name": name, "half": half, "first": first})
