// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <mutex>
#include <optional>

namespace queuedeck::vision {

/// Answers that were paid for, one private file each, so that the same picture is not sent twice.
/// What cannot be written is not kept, which costs money and nothing else. Blocks. From any thread,
/// and by several processes at the same time.
class AnswerCache
{
public:
    /// Keeps about `most` answers, the newest.
    explicit AnswerCache(QString folder, int most = 5000);

    /// `key`: what the answer depends on; only letters, digits and -.
    std::optional<QJsonObject> find(const QString& key) const;
    void keep(const QString& key, const QJsonObject& fields);

private:
    void removeOldest() const;
    QString fileOf(const QString& key) const;

    const QString m_folder;
    const int m_most;
    std::mutex m_mutex; ///< guards m_sinceRemoving
    int m_sinceRemoving = 0;
};

} // namespace queuedeck::vision
