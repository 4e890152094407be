"""Complaint, Fair and DeliveryPlan: rooms to come want the names Problem, Event and Plan."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("wishes", "0003_search"), ("givers", "0002_representative")]
    operations = [
        migrations.RenameModel("Problem", "Complaint"),
        migrations.RenameModel("Event", "Fair"),
        migrations.RenameModel("EventWish", "FairWish"),
        migrations.RenameModel("Plan", "DeliveryPlan"),
    ]
