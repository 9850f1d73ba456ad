// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/entry.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace queuedeck::secrets {

Entry Entry::processorKey(const QUrl& url)
{
    QUrl place = url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment |
                              QUrl::NormalizePathSegments | QUrl::StripTrailingSlash);
    place.setScheme(place.scheme().toLower());
    if (place.port() == (place.scheme() == "https"_L1 ? 443 : 80))
        place.setPort(-1);
    return {u"endpoint "_s + place.toString(QUrl::FullyEncoded), "JOB_PROCESSOR_API_KEY"};
}

Entry Entry::ownKey()
{
    return {u"endpoint served here"_s, "JOB_PROCESSOR_API_KEY"};
}

Entry Entry::claudeKey()
{
    return {u"Claude"_s, "ANTHROPIC_API_KEY"};
}

Entry Entry::pictures(const QString& place, const QByteArray& variable)
{
    return {u"pictures "_s + place, variable};
}

Entry Entry::webhookAddress(const QString& database)
{
    return {u"alerts webhook of "_s + database, "QUEUEDECK_WEBHOOK_URL"};
}

Entry Entry::webhookKey(const QString& database)
{
    return {u"alerts signing key of "_s + database, "QUEUEDECK_WEBHOOK_SECRET"};
}

Entry Entry::databasePassword(const QString& user, const QString& host, int port,
                              const QString& database)
{
    return {
        u"postgresql://%1@%2:%3/%4"_s.arg(user, host.toLower(), QString::number(port), database)};
}

} // namespace queuedeck::secrets
