"""EventBridge Scheduler looks for due schedules every second. MiniStack's ten seconds make a person wait."""

import ministack.services.scheduler as scheduler

scheduler._SCHEDULE_TICK_INTERVAL = 1
