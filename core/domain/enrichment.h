// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/ids.h"

#include <QHash>
#include <QJsonObject>
#include <QStringList>

namespace queuedeck::domain {

/// The job type that has a model describe a product or a customer.
inline const QString kEnrichmentType = QStringLiteral("customer_enrichment");

/// The kind of the effect that writes what was found; its target is the row's id.
inline constexpr QLatin1String kEnrichmentEffect("enrichment");
/// What the journal calls it.
inline constexpr QLatin1String kEnrichAction("enrich");

/// What an enrichment is about.
enum class EnrichedKind { Product, Customer };

/// "product", "customer".
QString enrichedKindText(EnrichedKind kind);
EnrichedKind enrichedKindFromText(const QString& text);

/// The fields that an enrichment fills, in the order of display. Each is a text, a list of texts
/// (foodPairings, interests), or texts by name: see enrichmentParts.
QStringList enrichmentFields(EnrichedKind kind);
/// The names of the texts that a field consists of; empty for a text or a list.
QStringList enrichmentParts(const QString& field);
bool isEnrichmentList(const QString& field);

/// What a payload of customer_enrichment asks for: the product if it names one, else the customer.
struct EnrichmentRequest
{
    QString customer;
    QString product;

    EnrichedKind kind() const
    {
        return product.isEmpty() ? EnrichedKind::Customer : EnrichedKind::Product;
    }
    /// Invalid if it names no customer.
    static base::Result<EnrichmentRequest> fromPayload(const QJsonObject& payload);

    bool operator==(const EnrichmentRequest&) const = default;
};

/// What is enriched, as its rows are.
struct EnrichmentSubject
{
    EnrichedKind kind = EnrichedKind::Product;
    QString id;
    QString name;
    QJsonObject facts;           ///< what its rows say; the model is told this
    QJsonObject fields;          ///< of enrichmentFields, those that are not empty
    QStringList edited;          ///< those that were changed after an enrichment wrote them
    QHash<QString, int> longest; ///< characters, of fields whose column is limited
    QString version;             ///< the values read; opaque, the same while they are the same
    QString image;               ///< the fields as stored; opaque
};

/// What an enrichment wrote, or did not.
struct Enrichment
{
    enum class State {
        Written,   ///< to the row of the application
        Kept,      ///< in Queuedeck's own table only, as the application has no place for it
        Unchanged, ///< there was nothing new to write
        Overtaken, ///< the row was changed meanwhile, so nothing was written
        Undone,    ///< it was written and taken back
    };

    JobId job;
    EnrichedKind kind = EnrichedKind::Product;
    QString id;
    QString name;
    State state = State::Written;
    QJsonObject before; ///< the fields that it set, as they were; empty ones are left out
    QJsonObject after;  ///< and as they were set
    QStringList edited; ///< fields that were left alone, since somebody had changed them
    QString model;
    JournalId journal; ///< to undo it; empty if there is nothing to undo
    QDateTime at;      ///< UTC

    bool operator==(const Enrichment&) const = default;
};

/// "written", "kept", … as stored and in JSON.
QString enrichmentStateText(Enrichment::State state);
std::optional<Enrichment::State> enrichmentStateFromText(const QString& text);

/// A field on one line: lists joined by commas, parts as "aroma: …; palate: …".
QString enrichmentValueText(const QJsonValue& value);

} // namespace queuedeck::domain
