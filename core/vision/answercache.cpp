// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vision/answercache.h"

#include "core/base/privatefiles.h"

#include <QDir>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::vision {

namespace {
constexpr qint64 kLongestAnswer = 64 * 1024;
constexpr int kBetweenRemovals = 100;
} // namespace

AnswerCache::AnswerCache(QString folder, int most)
    : m_folder(std::move(folder))
    , m_most(most)
{
}

QString AnswerCache::fileOf(const QString& key) const
{
    return m_folder + u'/' + key + u".json"_s;
}

std::optional<QJsonObject> AnswerCache::find(const QString& key) const
{
    QFile file(fileOf(key));
    if (!file.open(QIODevice::ReadOnly) || file.size() > kLongestAnswer)
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

void AnswerCache::keep(const QString& key, const QJsonObject& fields)
{
    if (!base::makePrivateFolder(m_folder))
        return;
    QSaveFile file(fileOf(key));
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(base::kPrivateFile))
        return;
    file.write(QJsonDocument(fields).toJson(QJsonDocument::Compact));
    if (!file.commit())
        return;
    const std::lock_guard lock(m_mutex);
    if (++m_sinceRemoving >= std::min(kBetweenRemovals, m_most)) {
        m_sinceRemoving = 0;
        removeOldest();
    }
}

void AnswerCache::removeOldest() const
{
    const QFileInfoList files =
        QDir(m_folder).entryInfoList({u"*.json"_s}, QDir::Files, QDir::Time); // newest first
    for (qsizetype i = m_most; i < files.size(); ++i)
        QFile::remove(files[i].filePath());
}

} // namespace queuedeck::vision
