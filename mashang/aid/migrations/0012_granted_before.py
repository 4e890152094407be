"""What was granted before sums waited for the treasurer by themselves waits for one now."""

from django.db import migrations


def let_it_wait(apps, schema_editor):
    Application, Decision = (
        apps.get_model("cases", "Application"),
        apps.get_model("reviews", "Decision"),
    )
    AidProposal = apps.get_model("aid", "AidProposal")
    granted = Application.objects.filter(ending="aided", granted_aid=None, granted_fen__gt=0)
    for application in granted:
        approvals = Decision.objects.filter(step__subject_id=application.pk, outcome="approve")
        last = approvals.order_by("-decided_at").first()
        AidProposal.objects.create(
            holder_id=application.holder_id,
            union_id=application.union_id,
            union_path=application.union_path,
            application=application,
            project="emergency",
            amount_fen=application.granted_fen,
            proposed_by_id=last.by_id if last else application.filled_by_id,
        )


class Migration(migrations.Migration):
    dependencies = [("aid", "0011_granted_aid"), ("reviews", "0011_fair_manage")]
    operations = [migrations.RunPython(let_it_wait, migrations.RunPython.noop)]
