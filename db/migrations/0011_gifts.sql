CREATE TABLE `gift` (
	`line_key` varchar(255) character set ascii collate ascii_bin NOT NULL,
	`order_key` varchar(160) character set ascii collate ascii_bin NOT NULL,
	`rule_id` bigint unsigned NOT NULL,
	`rule_version` int NOT NULL,
	`state` enum('given','taken_back','left_out') NOT NULL,
	`when_short` enum('leave_out','wait') NOT NULL,
	`receiver` varchar(64) character set ascii collate ascii_bin,
	`changed_at` datetime(6) NOT NULL,
	CONSTRAINT `gift_line_key` PRIMARY KEY(`line_key`),
	CONSTRAINT `gift_receiver` UNIQUE(`rule_id`,`receiver`)
);
--> statement-breakpoint
CREATE TABLE `gift_rule` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`version` int NOT NULL,
	`ended_at` datetime(6),
	`ended_by` varchar(100),
	`ended_reason` varchar(300),
	`given_orders` int NOT NULL DEFAULT 0,
	CONSTRAINT `gift_rule_id` PRIMARY KEY(`id`)
);
--> statement-breakpoint
CREATE TABLE `gift_rule_version` (
	`rule_id` bigint unsigned NOT NULL,
	`version` int NOT NULL,
	`name` varchar(100) NOT NULL,
	`priority` int NOT NULL,
	`stacking` enum('with_others','alone') NOT NULL,
	`channel` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`bought` enum('anything','item','configuration') NOT NULL,
	`bought_code` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`amount_from` bigint NOT NULL,
	`quantity_from` int NOT NULL,
	`day_from` varchar(10) character set ascii collate ascii_bin,
	`day_to` varchar(10) character set ascii collate ascii_bin,
	`first_n` int,
	`once_per_receiver` boolean NOT NULL,
	`configuration` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`quantity` int NOT NULL,
	`when_short` enum('leave_out','wait') NOT NULL,
	`made_by` varchar(100) NOT NULL,
	`made_at` datetime(6) NOT NULL,
	`reason` varchar(300) NOT NULL,
	CONSTRAINT `gift_rule_version_rule_id_version_pk` PRIMARY KEY(`rule_id`,`version`)
);
--> statement-breakpoint
ALTER TABLE `order_line` ADD `gift_rule` bigint unsigned;--> statement-breakpoint
CREATE INDEX `gift_order` ON `gift` (`order_key`);--> statement-breakpoint
CREATE INDEX `gift_rule_state` ON `gift` (`rule_id`,`state`,`changed_at`);