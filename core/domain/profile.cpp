// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/profile.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

base::Sentence nameProblem(const QString& name, const Profiles& others)
{
    if (name.trimmed().isEmpty())
        return base::Sentence::tr("The connection needs a name.");
    if (name.size() > kLongestProfileName)
        return base::Sentence::tr("The name is longer than %1 characters.")
            .arg(kLongestProfileName);
    // It is typed to allow changes, and read on the command line.
    const bool isPlain = std::all_of(name.cbegin(), name.cend(), [](QChar one) {
        return one.isPrint() && (!one.isSpace() || one == u' ');
    });
    if (!isPlain || name != name.trimmed())
        return base::Sentence::tr("The name has characters that cannot be seen.");
    if (findProfile(others, name))
        return base::Sentence::tr("There is a connection called %1 already.").arg(name);
    return {};
}

const Profile* findProfile(const Profiles& profiles, const QString& name)
{
    const auto found = std::find_if(profiles.cbegin(), profiles.cend(), [&](const Profile& one) {
        return one.rules.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    return found == profiles.cend() ? nullptr : &*found;
}

QString freeName(const QString& wanted, const Profiles& others)
{
    QString plain;
    for (const QChar one : wanted) {
        if (one.isPrint() && (!one.isSpace() || one == u' '))
            plain += one;
    }
    plain = plain.trimmed().left(kLongestProfileName - 6).trimmed();
    if (plain.isEmpty())
        plain = u"connection"_s;
    QString name = plain;
    for (int number = 2; findProfile(others, name); ++number)
        name = u"%1 %2"_s.arg(plain).arg(number);
    return name;
}

} // namespace queuedeck::domain
