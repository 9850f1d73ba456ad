// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scans/comparedialog.h"

#include "core/async/deliver.h"
#include "core/service/scanservice.h"
#include "ui/notice/errortext.h"
#include "ui/scans/scanwords.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/strip.h"

#include <QHeaderView>
#include <QTableWidget>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr int kFieldWidth = 110;
const QString kConfidence = u"confidence"_s;

QString textOf(const QJsonObject& fields, const QString& name)
{
    const QJsonValue value = fields[name];
    return value.isDouble() ? formatConfidence(value.toDouble())
                            : showControls(value.toString().left(500));
}

QTableWidgetItem* itemOf(const QString& text, bool isDifferent)
{
    auto* item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setData(Qt::ToolTipRole, tip(text));
    if (isDifferent) {
        item->setBackground(tokenColor(Color::WarnBg));
        QFont bold = item->font();
        bold.setWeight(QFont::DemiBold);
        item->setFont(bold);
    }
    return item;
}
} // namespace

CompareDialog::CompareDialog(service::ScanService& scans, const domain::Scan& scan, QWidget* parent)
    : Dialog(u"compareDialog"_s, tr("Compare Readers"), parent)
    , m_state(new Label({}, TextRole::Body, Color::Muted))
    , m_said(new Strip(this))
    , m_table(new QTableWidget(this))
{
    m_state->setObjectName(u"state"_s);
    m_state->setWordWrap(true);
    m_said->setObjectName(u"said"_s);
    m_table->setObjectName(u"fields"_s);
    m_table->setAccessibleName(tr("What both read"));
    m_table->setColumnCount(3);
    m_table->setHorizontalHeaderLabels({tr("Field"), tr("This computer"), tr("Claude")});
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Fixed);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setColumnWidth(0, px(kFieldWidth));
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    content()->addWidget(
        new Label(tr("What does each reader see on this picture?"), TextRole::Title));
    content()->addWidget(m_state);
    content()->addWidget(m_said);
    content()->addWidget(m_table, 1);
    setNote(tr("The stored record stays as it is."));
    QPushButton* const done = makeButton(tr("Done"), this, ButtonRole::Primary);
    done->setObjectName(u"done"_s);
    done->setDefault(true);
    addToFoot(done);
    connect(done, &QPushButton::clicked, this, &QDialog::accept);
    resize(px(720), px(480));

    m_state->setText(tr("Both are reading it. The picture is sent to Claude, scaled and without "
                        "metadata."));
    async::deliver(
        scans.compare(scan, m_stop.get_token()), this,
        [this](const base::Result<service::Comparison>& comparison) { show(comparison); });
}

CompareDialog::~CompareDialog()
{
    m_stop.request_stop();
}

void CompareDialog::show(const base::Result<service::Comparison>& comparison)
{
    if (!comparison) {
        m_state->hide();
        m_said->say(Strip::Kind::Error, errorLine(comparison.error()));
        return;
    }
    QStringList problems;
    if (!comparison->here.problem.isEmpty())
        problems += tr("This computer read nothing: %1")
                        .arg(showControls(comparison->here.problem.translated()));
    if (!comparison->claude.problem.isEmpty())
        problems += tr("Claude read nothing: %1")
                        .arg(showControls(comparison->claude.problem.translated()));
    if (!problems.isEmpty())
        m_said->say(Strip::Kind::Warning, problems.join(u' '));
    fill(*comparison);
}

void CompareDialog::fill(const service::Comparison& comparison)
{
    const QStringList names = domain::scanFields(comparison.type) + QStringList{kConfidence};
    const bool hasBoth = comparison.here.problem.isEmpty() && comparison.claude.problem.isEmpty();
    int different = 0;
    m_table->setRowCount(int(names.size()));
    for (int row = 0; row < names.size(); ++row) {
        const QString& name = names[row];
        const QString here = textOf(comparison.here.fields, name);
        const QString claude = textOf(comparison.claude.fields, name);
        const bool differs = hasBoth && name != kConfidence && here != claude;
        different += differs ? 1 : 0;
        m_table->setItem(row, 0,
                         itemOf(name == kConfidence ? tr("Confidence") : fieldWord(name), false));
        m_table->setItem(row, 1, itemOf(here, differs));
        m_table->setItem(row, 2, itemOf(claude, differs));
        m_table->setRowHeight(row, px(size::kControl));
    }
    m_state->setVisible(hasBoth);
    m_state->setText(different == 0
                         ? tr("Both see the same.")
                         : tr("They differ in %1 of %2 fields, which are marked. Neither was "
                              "checked.")
                               .arg(different)
                               .arg(names.size() - 1));
}

} // namespace queuedeck::ui
