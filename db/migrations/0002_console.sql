CREATE TABLE `api_token` (
	`id` bigint unsigned AUTO_INCREMENT NOT NULL,
	`name` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`token_hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`role` enum('viewer','operator','manager','administrator') NOT NULL,
	`made_by` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`made_at` datetime(6) NOT NULL,
	`last_used_at` datetime(6),
	`revoked_at` datetime(6),
	CONSTRAINT `api_token_id` PRIMARY KEY(`id`),
	CONSTRAINT `api_token_hash` UNIQUE(`token_hash`)
);
--> statement-breakpoint
CREATE TABLE `idempotent_request` (
	`caller` varchar(100) NOT NULL,
	`idempotency_key` varchar(200) character set ascii collate ascii_bin NOT NULL,
	`request_hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`status` int,
	`response` mediumtext,
	`made_at` datetime(6) NOT NULL,
	CONSTRAINT `idempotent_request_caller_idempotency_key_pk` PRIMARY KEY(`caller`,`idempotency_key`)
);
--> statement-breakpoint
CREATE TABLE `server_secret` (
	`name` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`secret` varchar(100) character set ascii collate ascii_bin NOT NULL,
	CONSTRAINT `server_secret_name` PRIMARY KEY(`name`)
);
--> statement-breakpoint
CREATE TABLE `user` (
	`name` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`role` enum('viewer','operator','manager','administrator') NOT NULL,
	`password_hash` varchar(60) character set ascii collate ascii_bin NOT NULL,
	`email` varchar(200),
	`created_at` datetime(6) NOT NULL,
	`last_seen_at` datetime(6),
	`disabled_at` datetime(6),
	`version` int NOT NULL DEFAULT 1,
	CONSTRAINT `user_name` PRIMARY KEY(`name`)
);
--> statement-breakpoint
CREATE TABLE `web_session` (
	`id_hash` varchar(64) character set ascii collate ascii_bin NOT NULL,
	`user_name` varchar(60) character set ascii collate ascii_bin,
	`content` json NOT NULL,
	`ends_at` datetime(6) NOT NULL,
	CONSTRAINT `web_session_id_hash` PRIMARY KEY(`id_hash`)
);
--> statement-breakpoint
ALTER TABLE `connection` ADD `version` int DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX `idempotent_request_made` ON `idempotent_request` (`made_at`);--> statement-breakpoint
CREATE INDEX `web_session_user` ON `web_session` (`user_name`);--> statement-breakpoint
CREATE INDEX `web_session_ends` ON `web_session` (`ends_at`);