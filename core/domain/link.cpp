// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/link.h"

#include "core/domain/jobfilter.h"

#include <QHash>
#include <QUrl>
#include <QVector>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using base::ErrorKind;
using base::fail;
using base::Sentence;

namespace {
constexpr qsizetype kLongest = 50'000; // the longest filter, each character escaped
constexpr qsizetype kLongestWord = 40;

base::Error bad(const Sentence& why)
{
    return fail(ErrorKind::Invalid, Sentence::tr("This link cannot be followed: %1").arg(why));
}

bool hasControls(const QString& text)
{
    const QList<uint> characters = text.toUcs4();
    return std::any_of(characters.cbegin(), characters.cend(), [](uint c) {
        const QChar::Category category = QChar::category(c);
        return category == QChar::Other_Control || category == QChar::Other_Format ||
               category == QChar::Other_Surrogate || category == QChar::Separator_Line ||
               category == QChar::Separator_Paragraph;
    });
}

// QUrlQuery leaves some escapes as they are, depending on what stands around them.
QVector<std::pair<QString, QString>> pairsOf(const QString& query)
{
    const auto decoded = [](const QString& text) {
        return QUrl::fromPercentEncoding(text.toUtf8());
    };
    QVector<std::pair<QString, QString>> pairs;
    for (const QString& pair : query.split(u'&', Qt::SkipEmptyParts))
        pairs += {decoded(pair.section(u'=', 0, 0)), decoded(pair.section(u'=', 1))};
    return pairs;
}
} // namespace

QStringList linkPages()
{
    return {u"overview"_s, u"jobs"_s, u"scans"_s, u"engine"_s, u"diagnostics"_s};
}

bool isLink(const QString& text)
{
    return text.startsWith(kLinkScheme + u':', Qt::CaseInsensitive);
}

base::Result<Link> linkFrom(const QString& text)
{
    if (text.size() > kLongest)
        return bad(Sentence::tr("it is longer than %1 characters.").arg(kLongest));
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != kLinkScheme)
        return bad(Sentence::tr("it is no address that begins with %1://.").arg(kLinkScheme));
    if (url.host() != "open"_L1 || !(url.path().isEmpty() || url.path() == "/"_L1) ||
        !url.userInfo().isEmpty() || url.port() != -1 || url.hasFragment())
        return bad(Sentence::tr("it must begin with %1://open?connection=.").arg(kLinkScheme));
    Link link;
    const QHash<QString, QString*> known{{u"connection"_s, &link.connection},
                                         {u"page"_s, &link.page},
                                         {u"job"_s, &link.job},
                                         {u"filter"_s, &link.filter}};
    for (const auto& [key, value] : pairsOf(url.query(QUrl::FullyEncoded))) {
        QString* const place = known.value(key);
        if (!place || !place->isEmpty())
            return bad((place ? Sentence::tr("it says \"%1\" twice.")
                              : Sentence::tr("it asks for \"%1\", which a link cannot do."))
                           .arg(hasControls(key) ? QString() : key.left(kLongestWord)));
        if (hasControls(value))
            return bad(Sentence::tr("it contains characters that cannot be seen."));
        *place = value;
    }
    if (link.connection.isEmpty())
        return bad(Sentence::tr("it names no connection."));
    if (!link.page.isEmpty() && !linkPages().contains(link.page))
        return bad(Sentence::tr("there is no page \"%1\".").arg(link.page.left(kLongestWord)));
    const bool needsJobs = !link.job.isEmpty() || !link.filter.isEmpty();
    if (needsJobs && !link.page.isEmpty() && link.page != "jobs"_L1)
        return bad(Sentence::tr("jobs are shown on the page jobs only."));
    if (!link.job.isEmpty() && !link.filter.isEmpty())
        return bad(Sentence::tr("it names a job and a filter; one of them is enough."));
    if (const auto filter = JobFilter::parse(link.filter); !filter)
        return bad(Sentence::tr("its filter has a mistake. %1").arg(filter.error().message));
    return link;
}

QString linkText(const Link& link)
{
    QStringList pairs;
    const auto add = [&pairs](const QString& key, const QString& value) {
        if (!value.isEmpty())
            pairs += key + u'=' + QString::fromLatin1(QUrl::toPercentEncoding(value));
    };
    add(u"connection"_s, link.connection);
    add(u"page"_s, link.page);
    add(u"job"_s, link.job);
    add(u"filter"_s, link.filter);
    return kLinkScheme + u"://open?"_s + pairs.join(u'&');
}

} // namespace queuedeck::domain
