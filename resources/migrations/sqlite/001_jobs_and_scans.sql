-- The application's tables as Prisma creates them on SQLite. Skipped where a table Job exists: then
-- the file belongs to the application, and nothing is added to its tables. Times are UTC text,
-- 2026-11-23T13:52:59.119+00:00, and always sent by the writer.
CREATE TABLE IF NOT EXISTS {job} ( -- Made by Queuedeck
    "id" TEXT NOT NULL PRIMARY KEY,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "completedAt" DATETIME
)
;
CREATE INDEX IF NOT EXISTS "Job_status_createdAt_idx" ON {job} ("status", "createdAt")
;
CREATE TABLE IF NOT EXISTS {scan} (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tenantId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "imageUrl" TEXT NOT NULL,
    "scanType" TEXT NOT NULL,
    "extractedData" JSONB NOT NULL DEFAULT '{}',
    "customerId" TEXT,
    "status" TEXT DEFAULT 'processing',
    "errorMessage" TEXT,
    "createdAt" DATETIME DEFAULT CURRENT_TIMESTAMP,
    "completedAt" DATETIME
)
;
CREATE INDEX IF NOT EXISTS "ImageScan_tenantId_userId_idx" ON {scan} ("tenantId", "userId")
;
CREATE INDEX IF NOT EXISTS "ImageScan_status_idx" ON {scan} ("status")
