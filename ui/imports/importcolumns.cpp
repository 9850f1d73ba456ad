// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/imports/importcolumns.h"

#include "ui/scans/iconview.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QGridLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
constexpr int kMostColumns = 200; // of a hostile file; further ones are left out
enum GridColumn { kName, kExample, kArrow, kField, kIcon, kHow };
} // namespace

ImportColumns::ImportColumns(QWidget* parent)
    : QWidget(parent)
    , m_used(new Label({}, TextRole::Small, Color::Muted))
    , m_earlier(makeButton({}, this, ButtonRole::Link))
    , m_scroll(new QScrollArea(this))
{
    m_used->setObjectName(u"used"_s);
    m_earlier->setObjectName(u"earlier"_s);
    m_earlier->setAutoDefault(false);
    m_earlier->hide();
    auto* head = new QHBoxLayout;
    head->setSpacing(px(space::kS));
    head->addWidget(new Label(tr("Columns"), TextRole::Strong));
    head->addWidget(m_used);
    head->addStretch(1);
    head->addWidget(m_earlier);
    m_scroll->setWidgetResizable(true);
    m_scroll->setAccessibleName(tr("Columns of the file"));
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(px(space::kXs));
    all->addLayout(head);
    all->addWidget(m_scroll, 1);
    connect(m_earlier, &QPushButton::clicked, this, &ImportColumns::earlierWanted);
    show(m_target, {});
}

void ImportColumns::show(domain::ImportTarget target,
                         const QVector<service::ImportLook::Column>& columns)
{
    m_target = target;
    m_rows.clear();
    auto* surface = new Surface(Color::Base, this);
    m_grid = new QGridLayout(surface);
    m_grid->setContentsMargins(px(space::kS), px(space::kXs), px(space::kS), px(space::kXs));
    m_grid->setHorizontalSpacing(px(space::kS));
    m_grid->setVerticalSpacing(px(space::kXxs));
    const auto head = [this](int column, const QString& text) {
        m_grid->addWidget(new Label(text, TextRole::Small, Color::Muted), 0, column);
    };
    head(kName, tr("Column in the file"));
    head(kExample, tr("First line"));
    head(kField, tr("Becomes"));
    m_grid->setColumnStretch(kName, 3);
    m_grid->setColumnStretch(kExample, 3);
    m_grid->setColumnStretch(kHow, 2);
    for (int i = 0; i < std::min<qsizetype>(kMostColumns, columns.size()); ++i)
        addRow(i, columns[i]);
    if (columns.size() > kMostColumns)
        m_grid->addWidget(new Label(tr("%1 further columns are left out.")
                                        .arg(formatCount(columns.size() - kMostColumns)),
                                    TextRole::Small, Color::Muted),
                          kMostColumns + 1, kName, 1, -1);
    m_grid->setRowStretch(m_grid->rowCount(), 1);
    m_scroll->setWidget(surface);
    count();
}

void ImportColumns::addRow(int number, const service::ImportLook::Column& column)
{
    Row row{column, new QComboBox, new IconView(14), new Label({}, TextRole::Small, Color::Muted)};
    row.field->setObjectName(u"field%1"_s.arg(number));
    row.field->setAccessibleName(tr("Field for the column %1").arg(showControls(column.name)));
    row.field->setFocusPolicy(Qt::StrongFocus);
    row.field->addItem(tr("Leave out"), QString());
    for (const domain::ImportField& field : domain::importFields(m_target))
        row.field->addItem(field.name, field.name);
    row.field->setCurrentIndex(std::max(0, row.field->findData(column.field)));
    const int line = number + 1;
    m_grid->addWidget(new ElidedLabel(showControls(column.name), TextRole::Strong), line, kName);
    m_grid->addWidget(new ElidedLabel(firstLine(column.example), TextRole::Body, Color::Muted),
                      line, kExample);
    auto* arrow = new IconView(12);
    arrow->show(Icon::ChevronRight, Color::Muted);
    m_grid->addWidget(arrow, line, kArrow);
    m_grid->addWidget(row.field, line, kField);
    m_grid->addWidget(row.icon, line, kIcon);
    m_grid->addWidget(row.how, line, kHow);
    connect(row.field, &QComboBox::currentIndexChanged, this, [this, number] { chosen(number); });
    m_rows += row;
    showHow(m_rows.back());
}

// A field is filled from one column: the other one that had it is left out.
void ImportColumns::chosen(int number)
{
    const QString field = m_rows[number].field->currentData().toString();
    for (int i = 0; i < m_rows.size(); ++i) {
        if (i == number || field.isEmpty() || m_rows[i].field->currentData() != field)
            continue;
        const QSignalBlocker blocker(m_rows[i].field);
        m_rows[i].field->setCurrentIndex(0);
        showHow(m_rows[i]);
    }
    showHow(m_rows[number]);
    count();
    Q_EMIT mappingChanged();
}

void ImportColumns::showHow(Row& row)
{
    const QString field = row.field->currentData().toString();
    const bool isProposed = field == row.column.field;
    Icon icon = Icon::Count;
    Color color = Color::Muted;
    QString words;
    if (field.isEmpty()) {
        icon = row.column.field.isEmpty() ? Icon::Warning : Icon::Count;
        color = Color::Stuck;
        words = row.column.field.isEmpty() ? tr("no match") : QString();
    } else if (!isProposed) {
        words = tr("chosen");
    } else {
        icon = row.column.isSuggested ? Icon::Info : Icon::Check;
        color = row.column.isSuggested ? Color::Accent : Color::Completed;
        words = row.column.isSuggested ? tr("suggested") : tr("by name");
    }
    row.icon->setVisible(icon != Icon::Count);
    if (icon != Icon::Count)
        row.icon->show(icon, color);
    row.how->setText(words);
    row.how->setColor(icon == Icon::Warning ? Color::Stuck : Color::Muted);
    row.field->setAccessibleDescription(words);
}

void ImportColumns::count()
{
    const auto used = std::count_if(m_rows.cbegin(), m_rows.cend(), [](const Row& row) {
        return !row.field->currentData().toString().isEmpty();
    });
    m_used->setText(
        m_rows.isEmpty()
            ? QString()
            : tr("%1 of %2 are used").arg(formatCount(used), formatCount(m_rows.size())));
}

QMap<QString, QString> ImportColumns::mapping() const
{
    QMap<QString, QString> mapping;
    for (const domain::ImportField& field : domain::importFields(m_target))
        mapping[field.name] = u""_s;
    for (const Row& row : m_rows) {
        if (const QString field = row.field->currentData().toString(); !field.isEmpty())
            mapping[field] = row.column.name;
    }
    return mapping;
}

void ImportColumns::setMapping(const QMap<QString, QString>& mapping)
{
    for (Row& row : m_rows) {
        const QSignalBlocker blocker(row.field);
        row.field->setCurrentIndex(
            std::max(0, row.field->findData(mapping.key(row.column.name, QString()))));
        showHow(row);
    }
    count();
    Q_EMIT mappingChanged();
}

void ImportColumns::offerEarlier(const QString& text)
{
    m_earlier->setText(text);
    m_earlier->setVisible(!text.isEmpty());
}

QStringList ImportColumns::columnNames() const
{
    QStringList names;
    for (const Row& row : m_rows)
        names += row.column.name;
    return names;
}

} // namespace queuedeck::ui
