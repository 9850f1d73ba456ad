-- The application's tables as Prisma creates them. Skipped where a table Job exists: then it and its
-- schema belong to the web application, and nothing is added to them.
-- A table made here says so in its comment: no other program works on it unless told to.
-- Columns without a zone hold UTC, and the writer always sends them.
DO $body$
BEGIN
    IF to_regclass('{job}') IS NULL THEN
        CREATE TABLE {job} (
            "id" UUID NOT NULL,
            "type" TEXT NOT NULL,
            "payload" JSONB NOT NULL,
            "status" TEXT NOT NULL DEFAULT 'pending',
            "attempts" INTEGER NOT NULL DEFAULT 0,
            "error" TEXT,
            "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
            "completedAt" TIMESTAMP(3),
            CONSTRAINT "Job_pkey" PRIMARY KEY ("id")
        );
        CREATE INDEX "Job_status_createdAt_idx" ON {job} ("status", "createdAt");
        COMMENT ON TABLE {job} IS 'Made by Queuedeck';
        IF to_regclass('{scan}') IS NULL THEN
            CREATE TABLE {scan} (
                "id" UUID NOT NULL DEFAULT gen_random_uuid(),
                "tenantId" UUID NOT NULL,
                "userId" UUID NOT NULL,
                "imageUrl" TEXT NOT NULL,
                "scanType" TEXT NOT NULL,
                "extractedData" JSONB NOT NULL DEFAULT '{}',
                "customerId" UUID,
                "status" TEXT DEFAULT 'processing',
                "errorMessage" TEXT,
                "createdAt" TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP,
                "completedAt" TIMESTAMP(6),
                CONSTRAINT "ImageScan_pkey" PRIMARY KEY ("id")
            );
            CREATE INDEX "ImageScan_tenantId_userId_idx" ON {scan} ("tenantId", "userId");
            CREATE INDEX "ImageScan_status_idx" ON {scan} ("status");
        END IF;
    END IF;
END
$body$
