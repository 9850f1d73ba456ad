// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/effects/effecttype.h"

namespace queuedeck::store {

/// The effect of customer_enrichment: writes what was found to the product as the application's own
/// scripts do, if its row is still as the handler read it, and records it with a journal entry of
/// its own, by which it can be undone. What the application has no column for is only recorded.
class EnrichmentEffect final : public EffectType
{
public:
    QString kind() const override;
    QStringList jobTypes() const override { return {}; }
    std::optional<domain::Effect> effectOf(const QByteArray&) const override { return {}; }
    base::Result<QVector<EffectImage>> follow(const EffectPlace& place,
                                              const QVector<Move>& moves) const override;
    base::Result<QStringList> restore(const EffectPlace& place,
                                      const QVector<EffectImage>& images) const override;
};

} // namespace queuedeck::store
