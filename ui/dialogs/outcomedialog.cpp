// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/outcomedialog.h"

#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/strip.h"

#include <QBoxLayout>
#include <QGridLayout>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr qsizetype kMostReasons = 8;
constexpr qsizetype kMostExamples = 3;
constexpr qsizetype kMostInTip = 20;

QString ids(const SkippedFor& some, qsizetype most, QString (*form)(const QString&))
{
    QStringList shown;
    for (const QString& id : some.ids.first(qMin(most, some.ids.size())))
        shown += form(id);
    if (some.ids.size() > most)
        shown += u"…"_s;
    return shown.join(u", "_s);
}

/// A reason may be a sentence from the database: it is shown in full, wrapped.
QWidget* reasonsTable(const QVector<SkippedFor>& reasons)
{
    auto* box = new QWidget;
    box->setObjectName(u"reasons"_s);
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(px(space::kM));
    grid->setVerticalSpacing(px(space::kXs));
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const SkippedFor& some : reasons.first(qMin(kMostReasons, reasons.size()))) {
        auto* count = new Label(formatCount(some.ids.size()), TextRole::Strong);
        count->setAlignment(Qt::AlignRight | Qt::AlignTop);
        auto* reason = new Label(showControls(some.reason));
        reason->setObjectName(u"reason"_s);
        reason->setWordWrap(true);
        reason->setTextInteractionFlags(Qt::TextSelectableByMouse);
        auto* examples =
            new ElidedLabel(ids(some, kMostExamples, &shortId), TextRole::Mono, Color::Muted);
        setTip(examples, ids(some, kMostInTip, &showControls));
        grid->addWidget(count, row, 0);
        grid->addWidget(reason, row++, 1);
        grid->addWidget(examples, row++, 1);
    }
    qint64 rest = 0;
    for (qsizetype i = kMostReasons; i < reasons.size(); ++i)
        rest += reasons[i].ids.size();
    if (rest > 0) {
        grid->addWidget(new Label(formatCount(rest), TextRole::Strong), row, 0, Qt::AlignRight);
        grid->addWidget(new Label(OutcomeDialog::tr("for other reasons")), row, 1);
    }
    return box;
}

Strip* strip(Strip::Kind kind, const QString& text, const QString& name)
{
    auto* made = new Strip;
    made->setObjectName(name);
    made->say(kind, text);
    return made;
}
} // namespace

OutcomeDialog::OutcomeDialog(ChangeKind kind, const domain::Outcome& outcome, QWidget* parent)
    : Dialog(u"outcomeDialog"_s, tr("Partly Done"), parent)
{
    auto* heading = new Label(outcomeTitle(kind, outcome), TextRole::Title);
    heading->setObjectName(u"heading"_s);
    heading->setWordWrap(true);
    content()->addWidget(heading);
    if (outcome.failure)
        content()->addWidget(
            strip(Strip::Kind::Error, showControls(errorLine(*outcome.failure)), u"failure"_s));
    const QVector<SkippedFor> reasons = skippedByReason(outcome);
    if (!reasons.isEmpty()) {
        content()->addWidget(new Label(tr("Left alone"), TextRole::Strong));
        content()->addWidget(reasonsTable(reasons));
    }
    if (outcome.wereRunning > 0)
        content()->addWidget(
            strip(Strip::Kind::Info,
                  tr("Running at that moment: %1, which another processor may still complete.")
                      .arg(formatCount(outcome.wereRunning)),
                  u"running"_s));
    if (outcome.changed > 0 && !outcome.lost.isEmpty())
        content()->addWidget(strip(Strip::Kind::Warning,
                                   showControls(lostText(outcome.lost, !outcome.journal.isEmpty())),
                                   u"lost"_s));
    content()->addStretch(1);
    const bool canUndo =
        !outcome.journal.isEmpty() && kind != ChangeKind::Undo && outcome.changed > 0;
    setNote(canUndo ? tr("What was done stays done; the journal has it.")
                    : tr("What was done stays done."));
    if (canUndo) {
        auto* undo = makeButton(tr("Undo"), this);
        undo->setObjectName(u"undo"_s);
        undo->setAutoDefault(false);
        connect(undo, &QPushButton::clicked, this, [this, entry = outcome.journal] {
            accept();
            Q_EMIT undoWanted(entry);
        });
        addToFoot(undo);
    }
    auto* close = makeButton(tr("Close"), this, ButtonRole::Primary);
    close->setObjectName(u"close"_s);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    addToFoot(close);
    close->setFocus();
    setMinimumWidth(px(640));
}

} // namespace queuedeck::ui
