// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/scan.h"

#include <QJsonObject>

namespace queuedeck::vision {

/// Changes whenever the words or the schemas change: older answers are not used then.
inline constexpr QLatin1String kPromptVersion("cards-1");

/// The longest value of a field, in characters; a card has no longer one.
constexpr qsizetype kLongestField = 500;

/// What the model is asked, for this kind of picture.
QString instructions();
QString questionFor(domain::ScanType type);
/// The JSON schema of its answer: every field of domain::scanFields as text, empty if it was not
/// seen, and confidence.
QJsonObject answerSchema(domain::ScanType type);

/// The fields of an answer, which is checked against the schema, whoever promised to keep it: known
/// fields only, texts of bounded length without control characters, real dates, confidence 0..1.
/// Fields that were not seen are left out. Errors: Unsupported for an answer of another form,
/// NotFound if nothing was seen. Any thread.
base::Result<QJsonObject> fieldsIn(const QJsonObject& answer, domain::ScanType type);

} // namespace queuedeck::vision
