package rest
import ("testing";"os";"fmt")
func TestDump(t *testing.T){ f:=os.Getenv("DUMP"); if f=="" {t.Skip()}; d,_:=os.ReadFile(f); fmt.Print(outline(read(t,string(d)))) }
