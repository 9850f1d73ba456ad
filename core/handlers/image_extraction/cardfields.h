// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/image_extraction/textline.h"

#include <QJsonObject>
#include <QVector>

namespace queuedeck::handlers {

/// What a business card says: name, title, company, phone, email, address, website as printed, and
/// confidence 0..1. A field that was not seen is absent. Lines in reading order; boxes in pixels,
/// null boxes are allowed but help less. Any thread.
QJsonObject businessCardFields(const QVector<TextLine>& lines);

/// What a liquor licence says: licenseNumber, businessName, licenseType, issuedDate and expiryDate
/// (YYYY-MM-DD), state, address, restrictions, notes, and confidence 0..1. `state` is the name of
/// the state if printed, such as "New York", else the two letters in the address. Any thread.
QJsonObject liquorLicenseFields(const QVector<TextLine>& lines);

/// The recogniser's average confidence in these lines, 0..1; 1 if it gave none.
double readingConfidence(const QVector<TextLine>& lines);

} // namespace queuedeck::handlers
