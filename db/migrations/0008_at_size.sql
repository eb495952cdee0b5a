DROP INDEX `dispatch_state` ON `dispatch`;--> statement-breakpoint
CREATE INDEX `dispatch_open` ON `dispatch` (`state`,`wms`,`directed_to`);--> statement-breakpoint
CREATE INDEX `orders_channel_stage` ON `orders` (`channel`,`stage`,`ordered_at`);--> statement-breakpoint
CREATE INDEX `orders_source_stage` ON `orders` (`source`,`stage`,`ordered_at`);