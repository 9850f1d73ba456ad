// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/queryvocabulary.h"

#include <QByteArray>
#include <QHash>
#include <QMap>

namespace queuedeck::domain {

/// Collects what payloads are made of: the paths in a sample of them and their frequent values.
/// What it keeps is bounded, whatever the payloads hold.
class PayloadSurvey
{
public:
    static constexpr int kMostPaths = 300;
    static constexpr int kMostValues = 500; ///< different ones counted for a path
    static constexpr int kDeepest = 6;
    static constexpr qsizetype kLongestValue = 80; ///< of one that is kept

    /// One payload; what is no JSON object counts and has no paths.
    void add(const QByteArray& json);

    int sampled() const { return m_sampled; }
    /// The most frequent first, then by name.
    QVector<PayloadPath> paths() const;

private:
    struct Place
    {
        qint64 found = 0;
        qint64 unkept = 0; ///< values too long to keep: taken for different ones
        int kinds = 0;     ///< a bit for each PayloadPath::Kind seen
        QHash<QString, qint64> values = {};
    };

    void addObject(const class QJsonObject& object, const QStringList& above);

    QMap<QStringList, Place> m_places;
    int m_sampled = 0;
};

} // namespace queuedeck::domain
