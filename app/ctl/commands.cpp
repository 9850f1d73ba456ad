// SPDX-License-Identifier: GPL-3.0-or-later
// Helpers shared by several commands.
#include "app/ctl/commands.h"

#include "app/ctl/await.h"
#include "core/secrets/arguments.h"
#include "core/service/changefeed.h"
#include "core/service/profilestore.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using base::ErrorKind;

tl::expected<void, Failure> mayChange(const Context& context)
{
    if (!context.readOnly)
        return {};
    const auto why =
        context.isSavedReadOnly
            ? base::Sentence::tr("The connection %1 is read-only: this command changes the "
                                 "database or has jobs run. Nothing was done.")
                  .arg(context.connection)
            : base::Sentence::tr("This command changes the database or has jobs run, and "
                                 "--read-only allows neither. Nothing was done.");
    return tl::unexpected(Failure(base::fail(ErrorKind::Denied, why)));
}

tl::expected<void, Failure> chooseConnection(Context& context, const QString& name)
{
    const service::SavedConnections saved = service::profilestore::read();
    const domain::Profile* const profile = domain::findProfile(saved.profiles, name);
    if (!profile) {
        QStringList names;
        for (const domain::Profile& one : saved.profiles)
            names += one.rules.name;
        base::Sentence why = base::Sentence::tr("No connection is called %1.").arg(name);
        if (!saved.problem.isEmpty())
            why += u' ' + saved.problem;
        else if (names.isEmpty())
            why += base::Sentence::tr(" None is saved in %1.").arg(service::profilestore::file());
        else
            why += base::Sentence::tr(" There are: %1.").arg(names.join(u", "_s));
        return tl::unexpected(Failure(base::fail(ErrorKind::Invalid, why)));
    }
    context.address = profile->address;
    context.connection = profile->rules.name;
    context.isSavedReadOnly = profile->rules.safety == domain::Safety::ReadOnly;
    context.readOnly = context.readOnly || context.isSavedReadOnly;
    return {};
}

tl::expected<std::shared_ptr<service::Session>, Failure> openSession(const Context& context,
                                                                     Access access)
{
    if (access != Access::Read) {
        if (const auto may = mayChange(context); !may)
            return tl::unexpected(may.error());
    }
    const bool isEmbedded = context.address.isEmpty();
    service::Session::Options options;
    options.address = context.address;
    options.create = isEmbedded || access == Access::Create;
    options.readOnly = context.readOnly || (!isEmbedded && access == Access::Read);
    const auto opened = await(service::Session::open(options));
    if (!opened) {
        Failure failure(opened.error());
        // A database that does not exist, or is not one of ours, counts as unreachable.
        if (failure.error.kind == ErrorKind::NotFound ||
            failure.error.kind == ErrorKind::Unsupported)
            failure.code = kUnreachable;
        return tl::unexpected(failure);
    }
    auto session = std::make_shared<service::Session>(*opened);
    session->changes().setPaused(true); // a command shows nothing live
    return session;
}

Failure failureAt(const QString& text, const domain::TextError& wrong)
{
    Failure failure(base::fail(ErrorKind::Invalid, wrong.message));
    failure.position = wrong.position;
    // Text that is not a filter may be an address with its password.
    const QString shown = secrets::withoutSecretsInPlace(text);
    const auto column = [&shown](qsizetype at) { return visible(shown.left(at)).size(); };
    const qsizetype start = column(wrong.position);
    const qsizetype end = column(wrong.position + wrong.length);
    failure.hint = u"  %1\n  %2^%3"_s.arg(visible(shown), QString(start, u' '),
                                          QString(std::max<qsizetype>(0, end - start - 1), u'~'));
    return failure;
}

tl::expected<domain::JobFilter, Failure> parseFilter(const QString& text)
{
    auto filter = domain::JobFilter::parse(text);
    if (filter)
        return *filter;
    return tl::unexpected(failureAt(text, filter.error()));
}

tl::expected<domain::JobFilter, Failure> filterOf(const QString& status, const QString& type,
                                                  const QString& where)
{
    const auto given = parseFilter(where);
    if (!given)
        return given;
    QStringList terms;
    if (!status.isEmpty())
        terms += u"status:"_s + status;
    if (!type.isEmpty())
        terms += u"type:"_s + domain::quotedValue(type);
    if (terms.isEmpty())
        return given;
    if (!given->matchesAll())
        terms += u'(' + where + u')';
    return parseFilter(terms.join(u' '));
}

} // namespace queuedeck::ctl
