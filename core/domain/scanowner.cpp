// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/scan.h"

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
constexpr qsizetype kMostNamed = 10;

QString namesOf(const QVector<ScanOwner>& owners)
{
    QStringList names;
    for (const ScanOwner& owner : owners.first(std::min(owners.size(), kMostNamed)))
        names += owner.name.isEmpty() ? owner.id : u"%1 (%2)"_s.arg(owner.name, owner.id);
    if (owners.size() > kMostNamed)
        names += u"… %1 more"_s.arg(owners.size() - kMostNamed);
    return names.join(u", "_s);
}

base::Result<QString> chosen(const QString& what, const QVector<ScanOwner>& owners,
                             const QString& wanted)
{
    const auto fail = [](const QString& detail) {
        return base::fail(base::ErrorKind::Invalid,
                          detail + base::Sentence::tr(" Nothing was uploaded."));
    };
    if (owners.isEmpty())
        return fail(
            base::Sentence::tr("A scan needs a %1, and the application has none yet.").arg(what));
    if (wanted.isEmpty()) {
        if (owners.size() == 1)
            return owners.front().id;
        return fail(base::Sentence::tr("A scan needs a %1; name one of them with --%1: %2.")
                        .arg(what, namesOf(owners)));
    }
    QVector<ScanOwner> named;
    for (const ScanOwner& owner : owners) {
        if (owner.id == wanted)
            return owner.id;
        if (owner.name.compare(wanted, Qt::CaseInsensitive) == 0)
            named += owner;
    }
    if (named.size() == 1)
        return named.front().id;
    return named.isEmpty()
               ? fail(base::Sentence::tr("There is no %1 \"%2\". Known: %3.")
                          .arg(what, wanted, namesOf(owners)))
               : fail(base::Sentence::tr("Several have the name \"%1\"; name one by its id: %2.")
                          .arg(wanted, namesOf(named)));
}
} // namespace

base::Result<OwnerChoice> chosenOwner(const ScanOwners& owners, const OwnerChoice& wanted)
{
    OwnerChoice choice;
    if (owners.needsTenant) {
        const auto tenant = chosen(u"tenant"_s, owners.tenants, wanted.tenant);
        if (!tenant)
            return tenant.error();
        choice.tenant = *tenant;
    }
    if (owners.needsUser) {
        QVector<ScanOwner> users = owners.users;
        users.removeIf([&choice](const ScanOwner& user) {
            return !user.tenant.isEmpty() && !choice.tenant.isEmpty() &&
                   user.tenant != choice.tenant;
        });
        const auto user = chosen(u"user"_s, users, wanted.user);
        if (!user)
            return user.error();
        choice.user = *user;
    }
    return choice;
}

} // namespace queuedeck::domain
