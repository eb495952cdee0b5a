CREATE TABLE `backfill` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`connection_id` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`window_from` datetime(6) NOT NULL,
	`window_to` datetime(6) NOT NULL,
	`state` enum('running','done','failed') NOT NULL DEFAULT 'running',
	`windows` int NOT NULL DEFAULT 0,
	`windows_read` int NOT NULL DEFAULT 0,
	`orders` int NOT NULL DEFAULT 0,
	`failure` varchar(500),
	`reason` varchar(300) NOT NULL,
	`made_by` varchar(100) NOT NULL,
	`made_at` datetime(6) NOT NULL,
	`updated_at` datetime(6) NOT NULL,
	CONSTRAINT `backfill_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `search_backlog` (
	`after_key` varchar(160) character set ascii collate ascii_bin NOT NULL,
	CONSTRAINT `search_backlog_after_key` PRIMARY KEY(`after_key`)
);
--> statement-breakpoint
CREATE INDEX `backfill_newest` ON `backfill` (`connection_id`,`id`);--> statement-breakpoint
INSERT INTO `search_backlog` (`after_key`) SELECT '' FROM `recipient` LIMIT 1;
