// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/scan.h"
#include "ui/widgets/mark.h"

#include <QMap>

namespace queuedeck::ui {

/// Below this the reader is unsure, and a person should check.
inline constexpr double kCheckByEye = 0.75;

Mark markOf(const domain::Scan& scan);
/// What was read, or "No name yet", or "Not read".
QString scanTitle(const domain::Scan& scan);
bool isNameKnown(const domain::Scan& scan);
/// "business card"; another program's type as stored.
QString kindWord(const QString& scanType);
/// "License number" for licenseNumber; an unknown key as stored.
QString fieldWord(const QString& key);
/// The fields to show for a scan, in order: those of its type, then any others that were stored.
QStringList fieldsOf(const domain::Scan& scan);
/// The value of a field as a line of text.
QString fieldText(const domain::Scan& scan, const QString& key);

/// A vCard 3.0 of the fields of a business card.
QString vCard(const QMap<QString, QString>& fields);

} // namespace queuedeck::ui
