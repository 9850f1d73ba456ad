// SPDX-License-Identifier: GPL-3.0-or-later
// The options of import.
#include "app/ctl/parser.h"

namespace queuedeck::ctl {

void Parser::addImport()
{
    CLI::App* import = command(
        "import", "Import customers, products, scans or a sales report from a file.",
        "  queuedeckctl import customers.csv --type customers --dry-run\n"
        "  queuedeckctl import customers.csv --type customers --map name=Firma --wait\n"
        "  queuedeckctl import sales.xlsx --type sales-report --tenant TENANT_ID\n"
        "CSV in any encoding, XLSX and ODS are read. Columns are mapped to fields by their names;\n"
        "--dry-run prints how, and what would happen. The import is a bulk_import job that reads "
        "a\n"
        "copy of the file in the folder `imports` of your data folder; --wait runs it here and\n"
        "now. Rejected lines are saved with their reasons and make the exit code 1.",
        [this] {
            return Import{text(m_values.files.front()),
                          domain::importTargetFromText(text(m_values.type))
                              .value_or(domain::ImportTarget::Customers),
                          texts(m_values.mapping),
                          text(m_values.mappingFile),
                          text(m_values.tenant),
                          text(m_values.user),
                          text(m_values.encoding),
                          text(m_values.separator),
                          text(m_values.numbers),
                          text(m_values.dates),
                          m_values.keepExisting,
                          m_values.dryRun,
                          m_values.wait,
                          text(m_values.rejected)};
        });
    import->add_option("FILE", m_values.files, "The file")->required()->expected(1);
    import
        ->add_option("--type,--into", m_values.type,
                     "What it holds: customers, products, sales-report or scans")
        ->type_name("TYPE")
        ->required()
        ->check(oneOf({"customers", "products", "sales-report", "sales_report", "sales", "scans"}));
    import
        ->add_option("--map", m_values.mapping,
                     "Take a field from this column; FIELD= leaves it out; may be repeated")
        ->type_name("FIELD=COLUMN")
        ->allow_extra_args(false)
        ->check(CLI::Validator(
            [](const std::string& pair) {
                const bool isPair = pair.find('=') != std::string::npos && pair.front() != '=';
    return isPair ? std::string() : "needs FIELD=COLUMN, not \"" + pair + '"';
},
            ""));
import
    ->add_option("--mapping", m_values.mappingFile,
                 "The same from a file: a JSON object of columns by field")
    ->type_name("FILE");
import->add_option("--tenant", m_values.tenant, "The id of the tenant, if there are several")
    ->type_name("ID");
import->add_option("--user", m_values.user, "The user that scans belong to, likewise")
    ->type_name("USER");
import->add_option("--encoding", m_values.encoding, "Of a CSV file, if it is guessed wrong")
    ->type_name("NAME")
    ->check(oneOf({"UTF-8", "UTF-16 LE", "UTF-16 BE", "Windows-1252"}));
import->add_option("--separator", m_values.separator, "Of its cells, likewise")
    ->type_name("CHARACTER");
import->add_option("--numbers", m_values.numbers, "How they are written, likewise")
    ->type_name("1.234,56")
    ->check(oneOf({"1.234,56", "1,234.56"}));
import->add_option("--dates", m_values.dates, "day-first or month-first, likewise")
    ->type_name("ORDER")
    ->check(oneOf({"day-first", "month-first"}));
import->add_flag("--keep-existing", m_values.keepExisting, "Change no row that is there already");
CLI::Option* dryRun = import->add_flag("--dry-run", m_values.dryRun,
                                       "Try it out, change nothing, print what would happen");
CLI::Option* wait =
    import->add_flag("--wait", m_values.wait, "Run it here and now, and print what it did");
dryRun->excludes(wait);
import->add_option("--rejected", m_values.rejected, "Save rejected lines in this file")
    ->type_name("FILE");
} // namespace queuedeck::ctl

} // namespace queuedeck::ctl
