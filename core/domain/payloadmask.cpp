// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/payloadmask.h"

#include "core/domain/jsonmembers.h"
#include "core/domain/jsonplaces.h"
#include "core/domain/safejson.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
constexpr int kHashDigits = 16;

QByteArray written(const QString& text)
{
    return jsonString(text).toUtf8();
}
} // namespace

QByteArray PayloadMask::randomKey()
{
    QByteArray key(32, Qt::Uninitialized);
    QRandomGenerator::system()->generate(reinterpret_cast<quint32*>(key.data()),
                                         reinterpret_cast<quint32*>(key.data() + key.size()));
    return key;
}

PayloadMask::PayloadMask(const QVector<ExportPath>& paths, const QByteArray& key)
    : m_key(key)
{
    for (const ExportPath& path : paths) {
        if (path.masking != Masking::AsStored)
            m_masked += path;
    }
}

QByteArray PayloadMask::value(QByteArrayView value, Masking masking) const
{
    if (masking == Masking::AsStored || value == "null")
        return value.toByteArray();
    if (masking == Masking::Hashed) {
        const QByteArray text = jsonValueText(value).toUtf8();
        const QByteArray hash =
            QMessageAuthenticationCode::hash(text, m_key, QCryptographicHash::Sha256).toHex();
        return "\"h:" + hash.left(kHashDigits) + '"';
    }
    if (masking == Masking::HostOnly && value.startsWith('"')) {
        const QString host = QUrl(jsonValueText(value)).host();
        if (!host.isEmpty())
            return written(host);
    }
    return written(kHiddenValue);
}

std::optional<QByteArray> PayloadMask::masked(const QByteArray& payload) const
{
    if (m_masked.isEmpty() || payload.isNull())
        return payload;
    if (!isOneJsonValue(payload))
        return std::nullopt;
    const QByteArray text = payload.trimmed();
    if (!text.startsWith('{') && !text.startsWith('[')) // perhaps JSON within a string
        return text == "null" ? std::optional(payload) : std::nullopt;
    struct Change
    {
        JsonSpan span;
        Masking masking;
    };
    QVector<Change> changes;
    for (const ExportPath& path : m_masked) {
        for (const JsonSpan& span : valuesAt(payload, path.steps()))
            changes += {span, path.masking};
    }
    // What contains another comes before it.
    std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
        return a.span.start != b.span.start ? a.span.start < b.span.start
                                            : a.span.length > b.span.length;
    });
    QByteArray result;
    qsizetype done = 0;
    for (const Change& change : std::as_const(changes)) {
        if (change.span.start < done)
            continue; // within what is masked already
        result += QByteArrayView(payload).sliced(done, change.span.start - done);
        result += value(QByteArrayView(payload).sliced(change.span.start, change.span.length),
                        change.masking);
        done = change.span.start + change.span.length;
    }
    result += QByteArrayView(payload).sliced(done);
    return result;
}

} // namespace queuedeck::domain
