// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/picturechoices.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

base::Result<PictureChoices> PictureChoices::fromEnvironment()
{
    PictureChoices choices;
    const QString reader = qEnvironmentVariable("QUEUEDECK_READER").trimmed();
    const auto named = readerFromText(reader);
    if (!named && !reader.isEmpty())
        return base::fail(base::ErrorKind::Invalid,
                          base::Sentence::tr("QUEUEDECK_READER is neither local nor claude."));
    choices.reader = named.value_or(Reader::ThisComputer);
    const QString fetch = qEnvironmentVariable("QUEUEDECK_FETCH_PICTURES").trimmed().toLower();
    if (fetch == "yes"_L1 || fetch == "no"_L1)
        choices.fetch = fetch == "yes"_L1;
    else if (!fetch.isEmpty())
        return base::fail(base::ErrorKind::Invalid,
                          base::Sentence::tr("QUEUEDECK_FETCH_PICTURES is neither yes nor no."));
    const auto hosts = pictureHosts(qEnvironmentVariable("QUEUEDECK_PICTURE_HOSTS"));
    if (!hosts)
        return base::fail(base::ErrorKind::Invalid,
                          base::Sentence::tr("QUEUEDECK_PICTURE_HOSTS: ") + hosts.error().detail);
    choices.hosts = *hosts;
    return choices;
}

std::optional<PictureChoices::Reader> readerFromText(const QString& text)
{
    const QString reader = text.toLower();
    if (reader == "local"_L1 || reader == "offline"_L1)
        return PictureChoices::Reader::ThisComputer;
    if (reader == "claude"_L1 || reader == "auto"_L1)
        return PictureChoices::Reader::Claude;
    return std::nullopt;
}

base::Result<QStringList> pictureHosts(const QString& text)
{
    static const QRegularExpression kBetween(u"[,\\s]+"_s);
    QStringList hosts;
    for (const QString& each : text.split(kBetween, Qt::SkipEmptyParts)) {
        const QUrl url(u"https://"_s + each, QUrl::StrictMode);
        // Nothing but host and port, and a URL's parser finds the same host in it.
        const QString host = url.host().contains(u':') ? u'[' + url.host() + u']' : url.host();
        const QString whole = url.port() < 0 ? host : u"%1:%2"_s.arg(host).arg(url.port());
        if (!url.isValid() || host.isEmpty() || whole.compare(each, Qt::CaseInsensitive) != 0)
            return base::fail(base::ErrorKind::Invalid,
                              base::Sentence::tr("%1 is no host. Write HOST or HOST:PORT, such as "
                                                 "pictures.internal or localhost:9000.")
                                  .arg(each.left(100)));
        if (!hosts.contains(whole.toLower()))
            hosts += whole.toLower();
    }
    return hosts;
}

} // namespace queuedeck::service
