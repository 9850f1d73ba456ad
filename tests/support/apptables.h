// SPDX-License-Identifier: GPL-3.0-or-later
// The web application's tables that an import writes, as Prisma makes them: no default for id and
// updatedAt.
#pragma once

#include <QString>

namespace queuedeck::test {

inline const QString kTenant = QStringLiteral("11111111-1111-4111-8111-111111111111");
inline const QString kOtherTenant = QStringLiteral("22222222-2222-4222-8222-222222222222");

/// With one tenant, and a second one without any rows of its own if `isShared`.
inline QString appTables(bool isShared = false)
{
    QString sql = QStringLiteral(R"sql(
CREATE TYPE "OrderStatus" AS ENUM ('DRAFT', 'SUBMITTED', 'PARTIALLY_FULFILLED', 'FULFILLED',
    'CANCELLED');
CREATE TYPE "InvoiceStatus" AS ENUM ('DRAFT', 'SENT', 'PAID', 'VOID');
CREATE TABLE "Tenant" ("id" UUID PRIMARY KEY, "name" TEXT NOT NULL);
CREATE TABLE "Customer" ("id" UUID PRIMARY KEY, "tenantId" UUID NOT NULL REFERENCES "Tenant",
    "name" TEXT NOT NULL, "externalId" VARCHAR(40), "email" TEXT, "phone" TEXT, "street1" TEXT,
    "street2" TEXT, "city" TEXT, "state" TEXT, "postalCode" TEXT, "country" TEXT,
    "paymentTerms" TEXT, "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL);
CREATE TABLE "CustomerAddress" ("id" UUID PRIMARY KEY, "tenantId" UUID NOT NULL REFERENCES "Tenant",
    "customerId" UUID NOT NULL REFERENCES "Customer" ON DELETE CASCADE, "label" TEXT NOT NULL,
    "street1" TEXT, "street2" TEXT, "city" TEXT, "state" TEXT, "postalCode" TEXT, "country" TEXT,
    "isDefault" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" TIMESTAMP(3) NOT NULL);
CREATE TABLE "Product" ("id" UUID PRIMARY KEY, "tenantId" UUID NOT NULL REFERENCES "Tenant",
    "name" TEXT NOT NULL, "brand" TEXT, "category" TEXT, "description" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, "updatedAt" TIMESTAMP(3) NOT NULL);
CREATE TABLE "Sku" ("id" UUID PRIMARY KEY, "tenantId" UUID NOT NULL REFERENCES "Tenant",
    "productId" UUID NOT NULL REFERENCES "Product", "code" TEXT NOT NULL, "size" TEXT,
    "abv" NUMERIC(5, 2), "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL, UNIQUE ("tenantId", "code"));
CREATE TABLE "Order" ("id" UUID PRIMARY KEY, "tenantId" UUID NOT NULL REFERENCES "Tenant",
    "customerId" UUID NOT NULL REFERENCES "Customer", "orderNumber" TEXT UNIQUE,
    "orderedAt" TIMESTAMP(3), "fulfilledAt" TIMESTAMP(3), "deliveredAt" TIMESTAMP(3),
    "status" "OrderStatus" NOT NULL DEFAULT 'DRAFT', "deliveryWeek" INTEGER,
    "deliveryTimeWindow" TEXT, "total" NUMERIC(12, 2), "currency" TEXT NOT NULL DEFAULT 'USD',
    "deliveryDate" TIMESTAMP(3), "requestedDeliveryDate" TIMESTAMP(3), "specialInstructions" TEXT,
    "warehouseLocation" TEXT, "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL);
CREATE TABLE "OrderLine" ("id" UUID PRIMARY KEY, "tenantId" UUID NOT NULL REFERENCES "Tenant",
    "orderId" UUID NOT NULL REFERENCES "Order" ON DELETE CASCADE,
    "skuId" UUID NOT NULL REFERENCES "Sku", "quantity" INTEGER NOT NULL,
    "unitPrice" NUMERIC(10, 2) NOT NULL, "casesQuantity" NUMERIC(10, 2),
    "totalLiters" NUMERIC(10, 2), "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL);
CREATE TABLE "Invoice" ("id" UUID PRIMARY KEY, "tenantId" UUID NOT NULL REFERENCES "Tenant",
    "orderId" UUID NOT NULL REFERENCES "Order", "customerId" UUID NOT NULL REFERENCES "Customer",
    "invoiceNumber" TEXT, "status" "InvoiceStatus" NOT NULL DEFAULT 'DRAFT',
    "subtotal" NUMERIC(12, 2), "total" NUMERIC(12, 2), "dueDate" TIMESTAMP(3),
    "issuedAt" TIMESTAMP(3), "shipDate" TIMESTAMP(3), "shippingMethod" TEXT,
    "specialInstructions" TEXT, "salesperson" TEXT, "totalLiters" NUMERIC(10, 2), "poNumber" TEXT,
    "paymentTermsText" TEXT, "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL);
CREATE TABLE "ImportBatch" ("id" UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    "tenantId" UUID NOT NULL REFERENCES "Tenant", "dataType" TEXT NOT NULL, "source" TEXT,
    "status" TEXT DEFAULT 'queued', "templateId" UUID, "fileKey" TEXT, "checksum" TEXT,
    "initiatedById" UUID, "summary" JSONB, "createdAt" TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMP(6), "completedAt" TIMESTAMP(6));
)sql") + QStringLiteral("INSERT INTO \"Tenant\" VALUES ('%1', 'One');").arg(kTenant);
    if (isShared)
        sql += QStringLiteral("INSERT INTO \"Tenant\" VALUES ('%1', 'Two');").arg(kOtherTenant);
    return sql;
}

} // namespace queuedeck::test
