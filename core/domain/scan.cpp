// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/scan.h"

#include <QJsonDocument>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

QString scanTypeText(ScanType type)
{
    return type == ScanType::BusinessCard ? QStringLiteral("business_card")
                                          : QStringLiteral("liquor_license");
}

std::optional<ScanType> scanTypeFromText(const QString& text)
{
    for (const ScanType type : {ScanType::BusinessCard, ScanType::LiquorLicense}) {
        if (text == scanTypeText(type))
            return type;
    }
    return std::nullopt;
}

QStringList scanFields(ScanType type)
{
    if (type == ScanType::BusinessCard)
        return {QStringLiteral("name"),    QStringLiteral("title"), QStringLiteral("company"),
                QStringLiteral("phone"),   QStringLiteral("email"), QStringLiteral("address"),
                QStringLiteral("website"), QStringLiteral("notes")};
    return {QStringLiteral("licenseNumber"), QStringLiteral("businessName"),
            QStringLiteral("licenseType"),   QStringLiteral("issuedDate"),
            QStringLiteral("expiryDate"),    QStringLiteral("state"),
            QStringLiteral("address"),       QStringLiteral("restrictions"),
            QStringLiteral("notes")};
}

std::optional<double> Scan::confidence() const
{
    const QJsonValue value = extractedData.value(QLatin1String("confidence"));
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

QString Scan::title() const
{
    for (const char* field : {"name", "businessName", "company", "licenseNumber"}) {
        const QString text = extractedData.value(QLatin1String(field)).toString();
        if (!text.isEmpty())
            return text;
    }
    return {};
}

} // namespace queuedeck::domain
