CREATE TABLE `acknowledgement` (
	`connection_id` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`record_id` varchar(120) character set ascii collate ascii_bin NOT NULL,
	`order_key` varchar(160) character set ascii collate ascii_bin NOT NULL,
	`state` enum('pending','done','refused') NOT NULL DEFAULT 'pending',
	`reason` varchar(500),
	`updated_at` datetime(6) NOT NULL,
	CONSTRAINT `acknowledgement_connection_id_record_id_pk` PRIMARY KEY(`connection_id`,`record_id`)
);
--> statement-breakpoint
CREATE TABLE `channel_rule` (
	`channel` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`cut_off_minutes` int NOT NULL,
	`ship_within_days` int NOT NULL,
	`stock_buffer` int NOT NULL DEFAULT 0,
	CONSTRAINT `channel_rule_channel` PRIMARY KEY(`channel`)
);
--> statement-breakpoint
CREATE TABLE `channel_source` (
	`channel` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`source` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`valid_from` datetime(6) NOT NULL,
	CONSTRAINT `channel_source_channel_valid_from_pk` PRIMARY KEY(`channel`,`valid_from`)
);
--> statement-breakpoint
CREATE TABLE `claim` (
	`connection_id` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`record_id` varchar(120) character set ascii collate ascii_bin NOT NULL,
	`order_key` varchar(160) character set ascii collate ascii_bin NOT NULL,
	`claim_id` varchar(100) NOT NULL,
	`kind` enum('cancellation','return','exchange') NOT NULL,
	`state` enum('requested','done','withdrawn') NOT NULL,
	`requested_at` datetime(6) NOT NULL,
	`outcome` enum('stopped','too late','unknown','returned'),
	`answer` enum('none','awaited','pending','done','refused') NOT NULL DEFAULT 'none',
	`answer_reason` varchar(500),
	`updated_at` datetime(6) NOT NULL,
	CONSTRAINT `claim_connection_id_record_id_pk` PRIMARY KEY(`connection_id`,`record_id`)
);
--> statement-breakpoint
CREATE TABLE `import_template` (
	`name` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`channel` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`mapping` json NOT NULL,
	`updated_by` varchar(100) NOT NULL,
	`updated_at` datetime(6) NOT NULL,
	CONSTRAINT `import_template_name` PRIMARY KEY(`name`)
);
--> statement-breakpoint
CREATE TABLE `listing` (
	`connection_id` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`listing` varchar(100) character set ascii collate ascii_bin NOT NULL,
	`channel` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`deal_key` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`pushed_quantity` int,
	`state` enum('pending','done','refused') NOT NULL DEFAULT 'pending',
	`reason` varchar(500),
	`updated_at` datetime(6) NOT NULL,
	CONSTRAINT `listing_connection_id_listing_pk` PRIMARY KEY(`connection_id`,`listing`)
);
--> statement-breakpoint
CREATE TABLE `upload` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`file_hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`file_name` varchar(255) NOT NULL,
	`template` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`row_count` int NOT NULL,
	`order_count` int NOT NULL,
	`rejected_rows` int NOT NULL,
	`made_by` varchar(100) NOT NULL,
	`made_at` datetime(6) NOT NULL,
	CONSTRAINT `upload_id` PRIMARY KEY(`id`),
	CONSTRAINT `upload_file` UNIQUE(`file_hash`)
);
--> statement-breakpoint
CREATE TABLE `connection_session` (
	`connection_id` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`session` varchar(2000) NOT NULL,
	`ends_at` datetime(6) NOT NULL,
	CONSTRAINT `connection_session_connection_id` PRIMARY KEY(`connection_id`)
);
--> statement-breakpoint
ALTER TABLE `orders` MODIFY COLUMN `waiting` enum('not_acknowledged','unknown_deal','held','shortage','no_route','rejected','unknown_outcome','cancel_unknown','failed');--> statement-breakpoint
ALTER TABLE `task` MODIFY COLUMN `kind` enum('not_acknowledged','unknown_deal','held','shortage','no_route','rejected','unknown_outcome','cancel_unknown','failed','tracking_refused','unknown_carrier','undecodable','wms_unreachable','collection_failed','collection_gap','source_conflict','changed_too_late','late_line','exchange_requested','return_not_booked','claim_unanswered','ship_by_passed','stock_not_told','source_untold','shipment_unmatched','double_in_wms','missing_in_wms','surplus_in_wms','rest_not_sent','stock_low') NOT NULL;--> statement-breakpoint
ALTER TABLE `collection_run` ADD `orders` int DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `collection_run` ADD `announced` int;--> statement-breakpoint
ALTER TABLE `orders` ADD `ship_by` datetime(6);--> statement-breakpoint
CREATE INDEX `acknowledgement_order` ON `acknowledgement` (`order_key`,`state`);--> statement-breakpoint
CREATE INDEX `claim_order` ON `claim` (`order_key`);--> statement-breakpoint
CREATE INDEX `claim_answer` ON `claim` (`connection_id`,`answer`);--> statement-breakpoint
CREATE INDEX `listing_deal` ON `listing` (`deal_key`);--> statement-breakpoint
CREATE INDEX `orders_ship_by` ON `orders` (`ship_by`);