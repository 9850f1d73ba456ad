// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/image_extraction/textline.h"

#include <QJsonObject>
#include <QVector>

namespace queuedeck::handlers {

/// The fields of a business card: name, title, company, phone, email, address, website, and
/// confidence 0..1. A field that is not seen is absent. Pure; at most 300 characters a field.
QJsonObject businessCardFields(const QVector<TextLine>& lines);

/// The fields of a liquor licence: licenseNumber, businessName, licenseType, issuedDate and
/// expiryDate (YYYY-MM-DD), state (as printed, or its two letters), address, restrictions, and
/// confidence. Labels may stand left of their value or above it.
QJsonObject liquorLicenseFields(const QVector<TextLine>& lines);

} // namespace queuedeck::handlers
