// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobexport.h"

namespace queuedeck::domain {

/// Masks values of payloads, all by the same key, so that equal values are seen to be equal. A
/// value; reentrant.
class PayloadMask
{
public:
    /// `key`: for hashes; without knowing it, nobody can look for a value by hashing guesses.
    /// Random unless a test sets it.
    explicit PayloadMask(const QVector<ExportPath>& paths, const QByteArray& key = randomKey());
    static QByteArray randomKey();

    /// Whether anything is masked at all.
    bool isEmpty() const { return m_masked.isEmpty(); }
    /// The payload with masked values in place of others; order and numbers unchanged. None if it
    /// is no JSON, so that nobody can tell what it holds.
    std::optional<QByteArray> masked(const QByteArray& payload) const;
    /// One value, as it is written in JSON, masked: JSON as well. null stays null.
    QByteArray value(QByteArrayView value, Masking masking) const;

private:
    QVector<ExportPath> m_masked; ///< those that are not written as stored
    QByteArray m_key;
};

} // namespace queuedeck::domain
