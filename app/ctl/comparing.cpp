// SPDX-License-Identifier: GPL-3.0-or-later
// scan --compare: what both readers see.
#include "core/service/comparing.h"

#include "app/ctl/await.h"
#include "app/ctl/scanchoices.h"
#include "app/endsignals.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

namespace {
QString shown(const QJsonObject& fields, const QString& name)
{
    return visible(fields[name].toVariant().toString());
}

void printComparison(Console& console, const QString& file, const service::Comparison& both)
{
    if (console.isJson()) {
        const auto json = [](const service::Reading& reading) {
            return reading.problem.isEmpty() ? QJsonObject{{u"extractedData"_s, reading.fields}}
                                             : QJsonObject{{u"error"_s, reading.problem}};
        };
        return console.json(
            {{u"file"_s, file}, {u"offline"_s, json(both.here)}, {u"claude"_s, json(both.claude)}});
    }
    console.line(visible(file));
    for (const auto& [who, reading] :
         {std::pair{u"This computer"_s, both.here}, std::pair{u"Claude"_s, both.claude}}) {
        if (!reading.problem.isEmpty())
            console.line(u"    %1 read nothing: %2"_s.arg(who, visible(reading.problem)));
    }
    constexpr int kWidth = 36;
    if (both.here.fields.isEmpty() && both.claude.fields.isEmpty())
        return;
    console.line(u"      %1%2%3"_s.arg(QString(18, u' '), u"this computer"_s.leftJustified(kWidth),
                                       u"Claude"_s));
    for (const QString& name : domain::scanFields(both.type) + QStringList{u"confidence"_s}) {
        const QString here = shown(both.here.fields, name);
        const QString claude = shown(both.claude.fields, name);
        if (!here.isEmpty() || !claude.isEmpty())
            console.line(u"    %1 %2%3%4"_s.arg(here == claude ? u" "_s : u"≠"_s,
                                                name.leftJustified(18),
                                                here.leftJustified(kWidth - 1) + u' ', claude));
    }
}
} // namespace

Done compareReaders(Console& console, const Scan& scan)
{
    service::Comparing comparing;
    const app::EndSignals stop;
    bool isAllWell = true;
    for (const QString& file : scan.files) {
        const auto both = await(comparing.file(file, scan.type, stop.token()));
        if (both) {
            printComparison(console, file, *both);
            isAllWell = isAllWell && both->here.problem.isEmpty() && both->claude.problem.isEmpty();
        } else if (isFileFault(both.error(), file)) {
            if (console.isJson())
                console.json({{u"file"_s, file}, {u"error"_s, both.error().detail}});
            else
                console.note(u"%1: %2"_s.arg(visible(file), visible(both.error().detail)));
            isAllWell = false;
        } else {
            return tl::unexpected(Failure(both.error()));
        }
        console.flush();
    }
    return isAllWell ? kDone : kWorkFailed;
}

} // namespace queuedeck::ctl
