-- What has to be found out about SQLite files, whose columns hold anything.

-- name: timeSample
SELECT j."createdAt", j."completedAt" FROM {job} j ORDER BY j.{row} DESC LIMIT 50

-- name: timeForms
SELECT {time_form}, COUNT(*) FROM {job} j
WHERE j."status" IN (SELECT value FROM json_each(:statuses)) AND j."createdAt" IS NOT NULL
GROUP BY 1 ORDER BY 2 DESC

-- name: noteOddTimes
CREATE INDEX IF NOT EXISTS {own}odd_times ON {job} ("createdAt") WHERE "createdAt" NOT GLOB {our_time}

-- name: hasOddTimes
SELECT CASE WHEN EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '{own}odd_times')
    THEN EXISTS (SELECT 1 FROM {job} WHERE "createdAt" NOT GLOB {our_time}) ELSE 1 END
