CREATE TABLE `retention` (
	`id` int NOT NULL,
	`keep_days` int,
	`version` int NOT NULL DEFAULT 0,
	`changed_by` varchar(100),
	`changed_at` datetime(6),
	`done_at` datetime(6),
	`stray_record` bigint unsigned NOT NULL DEFAULT 0,
	CONSTRAINT `retention_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
DROP INDEX `orders_stage_updated` ON `orders`;--> statement-breakpoint
ALTER TABLE `orders` ADD `erased_at` datetime(6);--> statement-breakpoint
CREATE INDEX `orders_stage_erased_updated` ON `orders` (`stage`,`erased_at`,`updated_at`);