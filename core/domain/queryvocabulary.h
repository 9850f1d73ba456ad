// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QString>
#include <QStringList>
#include <QVector>

namespace queuedeck::domain {

/// A word and how many jobs have it; -1: not known.
struct CountedWord
{
    QString text;
    qint64 count = -1;

    bool operator==(const CountedWord&) const = default;
};

/// A place in payloads as a sample shows it.
struct PayloadPath
{
    enum class Kind { Text, Number, Truth, Other, Mixed };

    QStringList keys; ///< below the root; at least one, none is empty
    Kind kind = Kind::Other;
    qint64 found = 0;    ///< payloads of the sample that have it
    qint64 distinct = 0; ///< different values among them; at most PayloadSurvey::kMostValues
    /// The most frequent first, with how many payloads of the sample have them. None where hardly
    /// one occurs twice, or where the name says that they are secret.
    QVector<CountedWord> values = {};

    /// As it is written in a filter: `payload.scanId`, `payload."two words".id`.
    QString text() const;
    bool isAllDifferent() const { return found > 1 && distinct == found; }
    bool operator==(const PayloadPath&) const = default;
};

/// What a sample of payloads showed.
struct PayloadSample
{
    QVector<PayloadPath> paths; ///< the most frequent first
    int sampled = 0;            ///< payloads that were looked at
};

/// What is known of a queue that a filter may mention. A value; read without asking anybody.
struct QueryVocabulary
{
    QVector<CountedWord> statuses;   ///< those the queue has, `unknown` and the like included
    QVector<CountedWord> conditions; ///< `dead` and `stuck`
    QVector<CountedWord> types;
    QVector<PayloadPath> paths; ///< the most frequent first
    int sampled = 0;            ///< payloads that were looked at for them
    QStringList recent;         ///< filters used before, the last one first; all valid
    QDate today;                ///< in UTC; invalid: no dates are offered
};

/// Whether a name says that what it holds is a secret: a password, a key, a token.
bool isSecretName(const QString& name);

} // namespace queuedeck::domain
