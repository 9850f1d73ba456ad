// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/enrichment.h"

#include <QJsonArray>

#include <array>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
using State = Enrichment::State;

constexpr std::array kStates{
    std::pair{State::Written, "written"_L1}, std::pair{State::Kept, "kept"_L1},
    std::pair{State::Unchanged, "unchanged"_L1}, std::pair{State::Overtaken, "overtaken"_L1},
    std::pair{State::Undone, "undone"_L1}};
} // namespace

QString enrichedKindText(EnrichedKind kind)
{
    return kind == EnrichedKind::Product ? u"product"_s : u"customer"_s;
}

EnrichedKind enrichedKindFromText(const QString& text)
{
    return text == "customer"_L1 ? EnrichedKind::Customer : EnrichedKind::Product;
}

QStringList enrichmentFields(EnrichedKind kind)
{
    if (kind == EnrichedKind::Customer)
        return {u"description"_s, u"businessType"_s, u"interests"_s};
    return {u"description"_s, u"tastingNotes"_s, u"foodPairings"_s, u"servingInfo"_s,
            u"wineDetails"_s};
}

QStringList enrichmentParts(const QString& field)
{
    if (field == "tastingNotes"_L1)
        return {u"aroma"_s, u"palate"_s, u"finish"_s};
    if (field == "servingInfo"_L1)
        return {u"temperature"_s, u"decanting"_s, u"glassware"_s};
    if (field == "wineDetails"_L1)
        return {u"region"_s, u"grapeVariety"_s, u"vintage"_s, u"style"_s, u"ageability"_s};
    return {};
}

bool isEnrichmentList(const QString& field)
{
    return field == "foodPairings"_L1 || field == "interests"_L1;
}

base::Result<EnrichmentRequest> EnrichmentRequest::fromPayload(const QJsonObject& payload)
{
    EnrichmentRequest request{payload.value("customerId"_L1).toString(),
                              payload.value("productId"_L1).toString()};
    if (request.customer.isEmpty())
        return base::fail(base::ErrorKind::Invalid,
                          base::Sentence::tr("\"customerId\" is missing."));
    return request;
}

QString enrichmentStateText(State state)
{
    for (const auto& [known, text] : kStates) {
        if (known == state)
            return text;
    }
    return {};
}

std::optional<State> enrichmentStateFromText(const QString& text)
{
    for (const auto& [state, known] : kStates) {
        if (known == text)
            return state;
    }
    return {};
}

QString enrichmentValueText(const QJsonValue& value)
{
    QStringList parts;
    if (value.isArray()) {
        for (const QJsonValue& each : value.toArray())
            parts += enrichmentValueText(each);
        return parts.join(u", "_s);
    }
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto part = object.begin(); part != object.end(); ++part)
            parts += u"%1: %2"_s.arg(part.key(), enrichmentValueText(part.value()));
        return parts.join(u"; "_s);
    }
    return value.toVariant().toString().simplified();
}

} // namespace queuedeck::domain
