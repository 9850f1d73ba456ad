// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/progressjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace queuedeck::store {

QString progressJson(const QHash<domain::JobId, domain::Progress>& jobs)
{
    QJsonObject object;
    for (auto job = jobs.begin(); job != jobs.end(); ++job) {
        const QJsonValue fraction =
            job->fraction ? QJsonValue(*job->fraction) : QJsonValue(QJsonValue::Null);
        object[job.key().value] = QJsonArray{fraction, job->text};
    }
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

domain::Progress progressFromJson(const QByteArray& value)
{
    const QJsonArray pair = QJsonDocument::fromJson(value).array();
    domain::Progress progress;
    if (pair.at(0).isDouble())
        progress.fraction = qBound(0.0, pair.at(0).toDouble(), 1.0);
    progress.text = pair.at(1).toString().left(domain::Progress::kLongestText);
    return progress;
}

} // namespace queuedeck::store
