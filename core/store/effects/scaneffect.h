// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/scan.h"
#include "core/store/effects/effecttype.h"

namespace queuedeck::store {

/// An ImageScan follows the job that reads its picture: the effect's target is the scan's id, its
/// data the fields that were read. A scan changes only while it is as that job left it, so that an
/// older job for the same scan does no harm; a completed scan never changes.
class ScanEffect final : public EffectType
{
public:
    QString kind() const override { return domain::kScanEffect; }
    QStringList jobTypes() const override { return {QStringLiteral("image_extraction")}; }
    std::optional<domain::Effect> effectOf(const QByteArray& payload) const override;
    base::Result<QVector<EffectImage>> follow(const EffectPlace& place,
                                              const QVector<Move>& moves) const override;
    base::Result<QStringList> restore(const EffectPlace& place,
                                      const QVector<EffectImage>& images) const override;
};

} // namespace queuedeck::store
