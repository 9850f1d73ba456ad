// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/changes.h"
#include "tests/bench/endpoint.h"
#include "tests/bench/engine.h"
#include "tests/bench/exports.h"
#include "tests/bench/imports.h"
#include "tests/bench/ocr.h"
#include "tests/bench/report.h"
#include "tests/bench/startup.h"
#include "tests/bench/table.h"
#include "tests/bench/upload.h"

#include <QApplication>
#include <QJsonDocument>
#include <QTextStream>

#include <functional>
#include <map>

using namespace Qt::StringLiterals;
using namespace queuedeck;

namespace {
using Bench = std::function<QJsonObject()>;

void print(QTextStream& out, const QJsonObject& figures, const QString& before = {})
{
    for (const QString& name : figures.keys()) {
        const QString path = before.isEmpty() ? name : before + u" · "_s + name;
        if (figures[name].isObject())
            print(out, figures[name].toObject(), path);
        else
            out << path.leftJustified(64) << figures[name].toVariant().toString() << Qt::endl;
    }
}
} // namespace

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QStringList arguments = QApplication::arguments().mid(1);
    const QString first = arguments.value(0);
    if (first == u"--empty")
        return bench::measureEmpty();
    if (first == u"--window" || first == u"--drain")
        return bench::measureWindow(arguments.value(1), first == u"--drain");

    int rows = 1'000'000;
    if (const qsizetype at = arguments.indexOf(u"--rows"_s); at >= 0) {
        rows = arguments.value(at + 1).toInt();
        arguments.remove(at, std::min<qsizetype>(2, arguments.size() - at));
        if (rows < 1000 || rows > 100'000'000) {
            QTextStream(stderr) << "--rows needs a number from 1000 to 100000000." << Qt::endl;
            return 2;
        }
    }
    if (arguments.removeAll(u"--large"_s) > 0)
        rows = 10'000'000;
    std::map<QString, Bench> benches{{u"changes"_s, [] { return bench::changes(); }},
                                     {u"endpoint"_s, [] { return bench::endpoint(); }},
                                     {u"export"_s, [] { return bench::exports(); }},
                                     {u"imports"_s, [] { return bench::imports(); }},
                                     {u"ocr"_s, [] { return bench::ocr(); }},
                                     {u"report"_s, [] { return bench::report(); }},
                                     {u"startup"_s, [] { return bench::startup(); }},
                                     {u"table"_s, [rows] { return bench::table(rows); }},
                                     {u"upload"_s, [] { return bench::upload(); }}};
    for (const QString& part :
         {u""_s, u"drain"_s, u"enqueue"_s, u"waiting"_s, u"ties"_s, u"sqlite"_s})
        benches[part.isEmpty() ? u"engine"_s : u"engine."_s + part] = [part] {
            return bench::engine(part, 100'000, 3);
        };
    QTextStream out(stdout);
    const bool isJson = arguments.removeAll(u"--json"_s) > 0;
    for (const QString& wanted : std::as_const(arguments)) {
        if (benches.contains(wanted))
            continue;
        QStringList known;
        for (const auto& [name, bench] : benches)
            known += name;
        QTextStream(stderr) << "There is no bench \"" << wanted << "\"; there are "
                            << known.join(u", "_s) << '.' << Qt::endl;
        return 2;
    }
    QJsonObject figures;
    for (const auto& [name, bench] : benches) {
        if (arguments.contains(name) || (arguments.isEmpty() && !name.contains(u'.')))
            figures[name] = bench();
    }
    if (isJson)
        out << QJsonDocument(figures).toJson(QJsonDocument::Compact) << Qt::endl;
    else
        print(out, figures);
    return 0;
}
