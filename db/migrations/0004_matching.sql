CREATE TABLE `replaced_meaning` (
	`line_key` varchar(255) character set ascii collate ascii_bin NOT NULL,
	`replaced_by` int NOT NULL,
	`configuration` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`configuration_version` int NOT NULL,
	`match_version` int,
	CONSTRAINT `replaced_meaning_line_key_replaced_by_pk` PRIMARY KEY(`line_key`,`replaced_by`)
);
--> statement-breakpoint
ALTER TABLE `bulk_job` MODIFY COLUMN `command` enum('hold','release','cancel','rematch','resend-tracking','save-match','undo-match') NOT NULL;--> statement-breakpoint
ALTER TABLE `deal_match` MODIFY COLUMN `configuration` varchar(60) character set ascii collate ascii_bin;--> statement-breakpoint
ALTER TABLE `bulk_job` ADD `deal_key` varchar(64) character set ascii collate ascii_bin;--> statement-breakpoint
ALTER TABLE `bulk_job` ADD `match_version` int;--> statement-breakpoint
ALTER TABLE `deal_match_version` ADD `holds_from` datetime(6);--> statement-breakpoint
ALTER TABLE `deal_match_version` ADD `undone_at` datetime(6);--> statement-breakpoint
ALTER TABLE `deal_match_version` ADD `undone_by` varchar(100);--> statement-breakpoint
ALTER TABLE `deal_match_version` ADD `undone_reason` varchar(300);