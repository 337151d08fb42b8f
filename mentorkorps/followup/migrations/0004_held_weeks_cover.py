from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('followup', '0003_weeks_progress_and_answers'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='contact',
            name='held_weeks',
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('held', True)), fields=['course', 'week', 'day', 'minutes'], name='held_weeks'),
        ),
    ]
