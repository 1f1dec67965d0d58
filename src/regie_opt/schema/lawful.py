"""Whether the law lets a governance form carry a domain, and if not, why."""

from regie_opt.schema.domain import TRANSFERS, Domain
from regie_opt.schema.form import Form


def unlawful(form: Form, domain: Domain) -> str | None:
    """Say which requirement of the domain the form does not meet; None when it may carry the domain.

    Requirements: Wet gemeenschappelijke regelingen and Gemeentewet 160(2), see `docs/model.md`.
    """
    if domain.task not in form.tasks:
        return f"the task is {domain.task}, and the form may only carry {' and '.join(form.tasks)}"
    if TRANSFERS.index(form.transfer) < TRANSFERS.index(domain.authority):
        return f"it asks for {domain.authority}, and the form goes no further than {_transfer(form)}"
    if domain.authority != "none" and domain.competence not in form.parties:
        return f"it is a power of the {domain.competence}, which takes no part in the form"
    if domain.staffed and form.staff == "none":
        return "it needs people on a payroll, and the form has none, nor a host that has"
    if domain.levies and not form.binding_rules:
        return "it levies tax or makes generally binding rules, and the form may not"
    if form.private_law and not domain.private_law:
        return "the form is of private law, which is not specially indicated for the domain"
    return None


def _transfer(form: Form) -> str:
    return "no transfer at all" if form.transfer == "none" else form.transfer
