// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/preflightdialog.h"

#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/linestable.h"
#include "ui/widgets/namegate.h"
#include "ui/widgets/strip.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
// Starts with what is wrong: the line already says which schema.
QString shortReason(const QString& type, const QString& reason)
{
    const QString line = firstLine(reason);
    const qsizetype named = line.indexOf(type);
    const QString rest = named < 0 ? QString() : line.mid(named + type.size() + 1).trimmed();
    return rest.isEmpty() ? line : rest;
}

QVector<Line> linesOf(const domain::Preflight& preflight)
{
    QVector<Line> lines;
    for (auto it = preflight.types.cbegin(); it != preflight.types.cend(); ++it) {
        const bool fails = it->failing > 0;
        lines += Line{{showControls(it.key()), {}, false, true},
                      {formatCount(it->waiting)},
                      {formatCount(it->checked)},
                      {formatCount(it->failing), {}, !fails, fails},
                      {shortReason(it.key(), it->reason),
                       {},
                       true,
                       false,
                       false,
                       showControls(it->reason.left(2000))}};
    }
    return lines;
}

QString checkedText(const domain::Preflight& preflight)
{
    const qint64 checked = preflight.checked();
    if (preflight.isWhole())
        return PreflightDialog::tr("All payloads were checked.");
    return PreflightDialog::tr(
               "The payloads of %1 were checked: of the %2 oldest, those up to 64 KB.")
        .arg(formatCount(checked), formatCount(domain::Preflight::kMostChecked));
}
} // namespace

PreflightDialog::PreflightDialog(const PreflightQuestion& question,
                                 const base::Result<domain::Preflight>& preflight, QWidget* parent)
    : Dialog(u"preflightDialog"_s, question.go, parent)
    , m_go(makeButton(Icon::Play, question.go, this, ButtonRole::Primary))
{
    m_go->setObjectName(u"go"_s);
    auto* title = new Label(question.title, TextRole::Title);
    title->setWordWrap(true);
    content()->addWidget(title);
    if (preflight) {
        show(*preflight, question);
    } else {
        auto* unknown = new Strip(this);
        unknown->setObjectName(u"said"_s);
        unknown->say(Strip::Kind::Error,
                     tr("It is not known what would run. %1").arg(errorLine(preflight.error())));
        content()->addWidget(unknown);
    }
    auto* gate = new NameGate(placeOf(parent), m_go, this);
    gate->setReady(true);
    content()->addWidget(gate);
    content()->addStretch(1);
    setNote(
        question.stopAfterFailures > 0
            ? tr("It stops by itself after %1 failures in a row.").arg(question.stopAfterFailures)
            : tr("It does not stop by itself, however many fail."));
    auto* cancel = makeButton(tr("Cancel"), this);
    cancel->setObjectName(u"cancel"_s);
    addToFoot(cancel);
    addToFoot(m_go);
    const bool isSafe = preflight && preflight->failing() == 0;
    m_go->setAutoDefault(isSafe);
    QWidget* const name = gate->field();
    (name ? name : isSafe ? m_go : cancel)->setFocus();
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT goWanted();
    });
    setMinimumWidth(px(760));
}

void PreflightDialog::show(const domain::Preflight& preflight, const PreflightQuestion& question)
{
    const qint64 waiting = preflight.waiting();
    const qint64 failing = preflight.failing();
    QString scope = waiting == 0 ? tr("No pending job has a handler here. New jobs will be run.")
                    : waiting == 1
                        ? tr("1 pending job would run here.")
                        : tr("%1 pending jobs would run here.").arg(formatCount(waiting));
    if (question.mostJobs > 0)
        scope += u' ' + tr("At most %1 of them are run now.").arg(question.mostJobs);
    auto* text = new Label(scope);
    text->setObjectName(u"scope"_s);
    text->setWordWrap(true);
    content()->addWidget(text);
    if (waiting == 0)
        return;
    auto* table = new LinesTable(tr("What would run"), {{tr("Type"), 160, false},
                                                        {tr("Pending"), 72, true},
                                                        {tr("Checked"), 72, true},
                                                        {tr("Would fail"), 84, true},
                                                        {tr("The first reason"), 0, false}});
    table->setObjectName(u"types"_s);
    table->setLines(linesOf(preflight));
    content()->addWidget(table);
    auto* said = new Strip(this);
    said->setObjectName(u"said"_s);
    if (failing > 0)
        said->say(Strip::Kind::Warning,
                  tr("%1 of %2 checked would fail at once and for good: their payloads do not fit "
                     "the schema of their type. %3")
                      .arg(formatCount(failing), formatCount(preflight.checked()),
                           checkedText(preflight)));
    else
        said->say(Strip::Kind::Info, tr("No payload that was checked breaks the schema of its "
                                        "type. %1")
                                         .arg(checkedText(preflight)));
    content()->addWidget(said);
}

} // namespace queuedeck::ui
