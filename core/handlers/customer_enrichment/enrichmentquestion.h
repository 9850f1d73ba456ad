// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enrichment.h"

namespace queuedeck::handlers {

// What a model is asked about a product or a customer, and what of its answer counts. Pure.

/// The longest text of an answer, in characters, and the longest list.
constexpr qsizetype kLongestDescription = 4000;
constexpr qsizetype kLongestPart = 500;
constexpr qsizetype kLongestList = 20;

/// What the model is to do. Nothing that a row says is part of it.
QString enrichmentInstructions(domain::EnrichedKind kind);
/// The facts of the rows, as JSON.
QString enrichmentQuestion(const domain::EnrichmentSubject& subject);
/// The JSON schema of the answer: every field is required, and empty where nothing is known.
QJsonObject enrichmentSchema(domain::EnrichedKind kind);

/// The answer, checked against the schema and for its lengths, without control characters. The
/// result of a check passes it again. Unsupported: it has another form; NotFound: it is empty.
base::Result<QJsonObject> checkedEnrichment(domain::EnrichedKind kind, const QJsonObject& answer);

/// What of a checked answer is to be written to this subject: fields that say something new. What
/// somebody changed after an earlier enrichment is left alone; parts that the answer does not know
/// stay as they are. Invalid: a column is too short for it.
base::Result<QJsonObject> newFields(const domain::EnrichmentSubject& subject,
                                    const QJsonObject& answer);

} // namespace queuedeck::handlers
