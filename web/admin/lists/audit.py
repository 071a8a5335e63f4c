"""The audit log."""

from core.listings import AuditRow
from core.services.audit import Deed, Subject
from web.admin.lists.base import ListPage
from web.admin.lists.fields import Choice, LongText, Moment, Words
from web.admin.words import title_of

DEEDS = tuple((deed.value, title_of(deed.value)) for deed in Deed)
SUBJECTS = tuple((subject.value, title_of(subject.value)) for subject in Subject)


class Audit(ListPage):
    """What staff did, the newest first."""

    key, menu_label, display_name, icon = "audit", "Audit log", "Line", "fa fa-clipboard-list"
    rows = AuditRow
    searched = ("actor", "action", "subject", "reason")
    named_by = ("actor",)
    nothing = "Nothing has been done by staff yet."
    hint = "What staff did, and who signed in. Lines are only ever added: nobody can change or remove one."
    fields_default_sort = (("created_at", True),)
    fields = (
        Moment("created_at", "When"),
        Words("actor", "Who"),
        Choice("action", "What", choices=DEEDS),
        Choice("subject_kind", "To what kind", choices=SUBJECTS),
        Words("subject", "To whom"),
        LongText("before"),
        LongText("after"),
        Words("reason", "Why"),
    )
